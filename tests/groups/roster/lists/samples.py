"""Sample lists: small files of the shape in which each program writes them, with made-up people."""

from dataclasses import dataclass

from learnapp.groups.roster.lists.reading.archive import pack

SECRET, BORN = "Sesame-4711", "2011-03-04"  # what must never be kept


@dataclass(frozen=True)
class Sample:
    """A file, as which format it is known, and what it comes to."""

    content: bytes
    format: str
    offered: int
    left_out: int
    not_taken: tuple[str, ...]
    first: tuple[str, str, str, str]  # full name, user name, e-mail, identity


def lines(*rows: str, end: str = "\r\n") -> bytes:
    return "".join(f"{row}{end}" for row in rows).encode()


ONEROSTER_USERS = lines(
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
    f'u-1,active,2026-09-01,TRUE,o-1,student,mina.kaya,"{{LDAP:1}},{{LTI:2}}",Mina,Kaya,,00731,mina@school.example,,'
    f"5550100,u-4,07,{SECRET}",
    f"u-2,,,TRUE,o-1,student,ola.berg,,Ola,Berg,,00732,ola@school.example,,5550101,u-4,07,{SECRET}",
    f"u-3,active,,TRUE,o-1,teacher,t.lund,,Tove,Lund,,,tove@school.example,,,,,{SECRET}",
    f"u-4,active,,TRUE,o-1,parent,p.kaya,,Pinar,Kaya,,,pinar@home.example,,5550102,u-1,,{SECRET}",
    f"u-5,tobedeleted,,TRUE,o-1,student,ray.old,,Ray,Old,,00735,ray@school.example,,,,07,{SECRET}",
    f"u-6,active,,false,o-1,student,ida.off,,Ida,Off,,00736,ida@school.example,,,,07,{SECRET}",
)
_ONEROSTER_LEFT = (
    *("dateLastModified", "orgSourcedIds", "userIds", "middleName", "identifier"),
    *("sms", "phone", "agentSourcedIds", "grades", "password"),
)
ONEROSTER_1_2_USERS = lines(
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
    "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,prefferedGivenName,prefferedMiddleName,"
    "prefferedFamilyName,primaryOrgSourcedId,pronouns",
    f"u-1,active,1/09/2026,TRUE,mina.kaya,,Wilhelmina,Kaya,,,mina@school.example,,,,07,{SECRET},,Mina,,,o-1,she/her",
    f"u-2,active,1/09/2026,TRUE,ola.berg,,Ola,Berg,,,ola@school.example,,,,07,{SECRET},,,,,o-1,",
    f"u-3,active,1/09/2026,TRUE,t.lund,,Tove,Lund,,,tove@school.example,,,,,{SECRET},,,,,o-1,",
)
ENROLLMENTS = lines(
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "e-1,active,,c-1,o-1,u-1,student,false,2026-09-01,2027-07-01",
    "e-2,active,,c-1,o-1,u-3,teacher,true,2026-09-01,2027-07-01",
    "e-3,,,c-2,o-1,u-1,student,false,,",
    "e-4,active,,c-2,o-1,u-2,student,false,,",
    "e-5,tobedeleted,,c-1,o-1,u-2,student,false,,",
    "e-6,active,,c-3,o-1,u-2,student,false,,",
)
CLASSES = lines(
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
    "termSourcedIds,subjects,subjectCodes,periods",
    'c-1,active,,Physics 7,"07,08",k-1,P7,scheduled,Room 2,o-1,t-1,"Science, Physics",,1',
    "c-2,active,,History 7,07,k-2,H7,scheduled,,o-1,t-1,,,",
    "c-3,tobedeleted,,Latin 7,07,k-3,L7,scheduled,,o-1,t-1,,,",
)
ROLES = lines(
    "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate",
    "u-1,o-1,student,s-1,7,TRUE,8/24/2026,6/11/2027",
    "u-2,o-1,Student,s-1,7,TRUE,8/24/2026,6/11/2027",
    "u-3,o-1,professor,s-1,,TRUE,8/24/2026,6/11/2027",
)
DEMOGRAPHICS = lines("sourcedId,status,dateLastModified,birthDate,sex", f"u-1,active,,{BORN},female")
SCHOOL = {"users.csv": ONEROSTER_USERS, "classes.csv": CLASSES, "enrollments.csv": ENROLLMENTS}
SDS_2_1_USERS = lines(
    "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms",
    f"u-1,mina@school.example,Mina,Kaya,{SECRET},mina@school.example,,,",
    f"u-2,ola@school.example,Ola,Berg,{SECRET},,ola@home.example,5550100,5550100",
    f"u-3,tove@school.example,Tove,Lund,{SECRET},tove@school.example,,,",
    f"u-4,pinar@school.example,Pinar,Kaya,{SECRET},,,,",
)

SAMPLES = {
    "oneroster-1.1": Sample(
        ONEROSTER_USERS,
        *("OneRoster 1.1", 2, 4, _ONEROSTER_LEFT),
        ("Mina Kaya", "mina.kaya", "mina@school.example", "id:u-1"),
    ),
    "oneroster-1.0": Sample(
        lines(
            "sourcedId,status,dateLastModified,orgSourcedIds,role,username,userId,givenName,familyName,identifier,"
            "email,sms,phone,agents,ext_parent",
            "u-1,,,o-1,student,mina,abc,Mina,Kaya,one,,,,,Pinar",
            "u-2,,,o-1,student,ola,abc,Ola,Berg,two,,,,,",
        ),
        *("OneRoster 1.0", 2, 0),
        ("dateLastModified", "orgSourcedIds", "userId", "identifier", "sms", "phone", "agents", "ext_parent"),
        ("Mina Kaya", "mina", "", "id:u-1"),
    ),
    "oneroster-1.2": Sample(
        ONEROSTER_1_2_USERS,
        *("OneRoster 1.2", 3, 0),
        (
            *("dateLastModified", "userIds", "middleName", "identifier", "sms", "phone", "agentSourcedIds", "grades"),
            *("password", "userMasterIdentifier", "prefferedMiddleName", "primaryOrgSourcedId", "pronouns"),
        ),
        ("Mina Kaya", "mina.kaya", "mina@school.example", "id:u-1"),
    ),
    "sds-2.1": Sample(
        SDS_2_1_USERS,
        *("School Data Sync 2.1", 4, 0),
        ("password", "activeDirectoryMatchId", "phone", "sms"),
        ("Mina Kaya", "", "mina@school.example", "id:u-1"),
    ),
    "sds-2": Sample(
        lines(
            "sourcedId,orgSourcedIds,givenName,familyName,username,password,role,grade",
            f"1,9,Mina,Kaya,Mkaya@school.example,{SECRET},Student,6",
            f"2,9,Ola,Berg,Oberg@school.example,{SECRET},STUDENT,PS1",
            f"3,9,Tove,Lund,Tlund@school.example,{SECRET},teacher,6",
            f"4,9,Hope,Dahl,Hdahl@school.example,{SECRET},staff,6",
            f"5,9,Eli,Moen,Emoen@school.example,{SECRET},Professor,PS3",
        ),
        *("School Data Sync 2", 2, 3, ("orgSourcedIds", "password", "grade")),
        ("Mina Kaya", "", "Mkaya@school.example", "id:1"),
    ),
    "sds-1": Sample(
        lines(
            "SIS ID,School SIS ID,First Name,Last Name,Username,Password,State ID,Secondary Email,Student Number,"
            "Middle Name,Grade,Status,Birthdate,Graduation Year",
            f"13001,10,Mina,Kaya,MKaya,{SECRET},WA,,00731,,9,Active,{BORN},2029",
            f"13002,10,Ola,Berg,OBerg,{SECRET},WA,,00732,,9,Active,{BORN},2029",
        ),
        *("School Data Sync 1", 2, 0),
        (
            *("School SIS ID", "Password", "State ID", "Student Number", "Middle Name", "Grade"),
            *("Birthdate", "Graduation Year"),
        ),
        ("Mina Kaya", "MKaya", "", "id:13001"),
    ),
    "sds-1-least": Sample(
        lines("SIS ID,School SIS ID,Username", "13001,10,MKaya", "13002,10,OBerg"),
        *("School Data Sync 1", 2, 0, ("School SIS ID",)),
        ("MKaya", "MKaya", "", "id:13001"),
    ),
    "sds-uk": Sample(
        lines(
            "ID,School DfE Number,First Name,Last Name,Username,Password,State ID,Secondary Email,Student Number,"
            "Middle Name,Grade,Status,Birthdate,Graduation Year",
            f"1,10,Mina,Kaya,MKaya,{SECRET},,,1,,9,Active,{BORN},2029",
            f"2,10,Ola,Berg,OBerg,{SECRET},,,2,,9,Inactive,{BORN},2029",
        ),
        *("School Data Sync (UK)", 1, 1),
        (
            *("School DfE Number", "Password", "State ID", "Student Number", "Middle Name", "Grade"),
            *("Birthdate", "Graduation Year"),
        ),
        ("Mina Kaya", "MKaya", "", "id:1"),
    ),
    "canvas-sis": Sample(
        b"\xef\xbb\xbf"
        + lines(
            "user_id,login_id,first_name,last_name,email,status,password",
            f"0042,mkaya,Mina,Kaya,mina@school.example,active,{SECRET}",
            f"0043,oberg,Øla,Bérg,ola@school.example,deleted,{SECRET}",
        ),
        *("Canvas SIS", 1, 1, ("password",)),
        ("Mina Kaya", "mkaya", "mina@school.example", "id:0042"),
    ),
    "canvas-gradebook": Sample(
        lines(
            "Student,ID,SIS Login ID,Section,Leaf,Comments,Final Score (read only)",
            ",,,,Manual Posting,,",
            "    Points Possible,,,,100,,",
            '"Kaya, Mina",6,mkaya,7a,80,,',
            "",
            '"Berg, Ola",4,oberg,7a,-,,',
            '"Student, Test",9,x9,7a,-,,',
            end="\r",
        ),
        *("Canvas", 2, 0, ("Section", "Leaf", "Comments", "Final Score (read only)")),
        ("Kaya, Mina", "mkaya", "", "id:6"),
    ),
    "canvas-two-names": Sample(
        lines("LastName,FirstName,ID,Section,Leaf", "Points Possible,,,,", "Kaya,Mina,6,7a,-"),
        *("Canvas", 1, 0, ("Section", "Leaf")),
        ("Mina Kaya", "", "", "id:6"),
    ),
    "kolibri": Sample(
        lines(
            "Database-ID (UUID),Benutzername (USERNAME),Password (PASSWORD),Full name (FULL_NAME),"
            "User type (USER_TYPE),Identifier (IDENTIFIER),Birth year (BIRTH_YEAR),Gender (GENDER),"
            "Learner enrollment (ENROLLED_IN),Coach assignment (ASSIGNED_TO)",
            f"ab12,mina,{SECRET},Mina Kaya,LEARNER,00731,2011,FEMALE,7a,",
            "ab13,小明,*,小明,LEARNER,,,,7a,",
            "ab14,tove,*,Tove Lund,CLASS_COACH,,,,,7a",
        ),
        *("Kolibri", 2, 1),
        (
            *("Password (PASSWORD)", "Birth year (BIRTH_YEAR)", "Gender (GENDER)"),
            *("Learner enrollment (ENROLLED_IN)", "Coach assignment (ASSIGNED_TO)"),
        ),
        ("Mina Kaya", "mina", "", "id:ab12"),
    ),
    "moodle": Sample(
        lines(
            "username,firstname,lastname,email,course1,group1,password",
            f"mina,Mina,Kaya,mina@school.example,tea,7a,{SECRET}",
            f"ola,Ola,Berg,ola@school.example,tea,7a,{SECRET}",
        ).rstrip(b"\r\n"),
        *("Moodle", 2, 0, ("course1", "group1", "password")),
        ("Mina Kaya", "mina", "mina@school.example", "mail:mina@school.example"),
    ),
}


def school(**files: bytes) -> bytes:
    """Return a zip of a school's export; each file is named without its ending."""
    return pack({f"{name}.csv": content for name, content in files.items()})
