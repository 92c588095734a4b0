// Pages that show questions and nothing else to begin with: review, and what stands before a module.
import { enhanceQuestions } from "./all.js";

enhanceQuestions(document);
