--
-- PostgreSQL database dump
--

\restrict xxxxxxxx

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: p; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p (
    asid text,
    ods text,
    interaction text
);


ALTER TABLE public.p OWNER TO postgres;

--
-- Data for Name: p; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.p (asid, ods, interaction) FROM stdin;
200000123401	F5H1R	urn:oasis:names:tc:ebxml-msg:service:Acknowledgment
200000123401	F5H1R	urn:nhs:names:services:ebs:PRSC_IN070000UK08
200000123401	F5H1R	urn:nhs:names:services:ers:READ_CODE_SYSTEM_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:READ_REFERRAL_REQUEST_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:READ_BINARY_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:FETCH_WORKLIST_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:ACCEPT_REFERRAL_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:CREATE_FROM_COMMUNICATION_REQUEST_ACTION_LATER_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001
200000123401	F5H1R	urn:nhs:names:services:ers:READ_PRACTITIONER_ROLE_R4_V001
200000123401	F5H1R	urn:nhs:names:services:ers:READ_BINARY_R4_V001
200000123402	F5H1R	urn:oasis:names:tc:ebxml-msg:service:Acknowledgment
200000123402	F5H1R	urn:nhs:names:services:ebs:PRSC_IN070000UK08
200000123402	F5H1R	urn:nhs:names:services:ers:READ_CODE_SYSTEM_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:READ_REFERRAL_REQUEST_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:READ_BINARY_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:FETCH_WORKLIST_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:ACCEPT_REFERRAL_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:CREATE_FROM_COMMUNICATION_REQUEST_ACTION_LATER_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001
200000123402	F5H1R	urn:nhs:names:services:ers:READ_PRACTITIONER_ROLE_R4_V001
\.


--
-- PostgreSQL database dump complete
--

\unrestrict xxxxxxxx

