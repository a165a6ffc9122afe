*** Settings ***
Library    RequestsLibrary
Library    Collections

*** Test Cases ***
Read A Letter
    ${fields}=    Evaluate    json.loads(os.environ['FIELDS'])    modules=json,os
    ${response}=    GET    %{URL_}    headers=${fields}    expected_status=200
