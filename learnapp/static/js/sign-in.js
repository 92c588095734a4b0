// The sign-in page: a user name that a card's code brings behind the "#" is put into its field. It is never sent in an
// address, and goes from this one at once.

const brought = new URLSearchParams(location.hash.slice(1)).get("name");
if (brought) {
  history.replaceState(null, "", location.pathname + location.search);
  const name = document.getElementById("name");
  if (name && !name.value) {
    name.value = brought;
    document.getElementById("password").focus();
  }
}
