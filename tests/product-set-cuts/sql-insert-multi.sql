INSERT INTO `product_set` (`id`, `asid`, `interaction`) VALUES
(1, '200000123401', 'urn:nhs:names:services:ers:OTHER_STU3_V001'),
(2, '200000123401', 'urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001'),
(3, '200000123401', 'urn:nhs:names:services:ers:READ_BINARY_R4_V001'),
(4, '200000123402', 'urn:nhs:names:services:ers:OTHER_STU3_V001'),
(5, '200000123402', 'urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001'),
(6, '200000123403', 'urn:nhs:names:services:ers:OTHER_STU3_V001'),
(7, '200000123403', 'urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001'),
(8, '200000123403', 'urn:nhs:names:services:ers:READ_BINARY_R4_V001');
