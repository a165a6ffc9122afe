resource "sds_system" "s0" {
  asid = "200000123401"
  interactions = [
    "urn:nhs:names:services:ers:OTHER_STU3_V001",
    "urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001",
    "urn:nhs:names:services:ers:READ_BINARY_R4_V001",
  ]
}

resource "sds_system" "s1" {
  asid = "200000123402"
  interactions = [
    "urn:nhs:names:services:ers:OTHER_STU3_V001",
    "urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001",
  ]
}

resource "sds_system" "s2" {
  asid = "200000123403"
  interactions = [
    "urn:nhs:names:services:ers:OTHER_STU3_V001",
    "urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001",
    "urn:nhs:names:services:ers:READ_BINARY_R4_V001",
  ]
}
