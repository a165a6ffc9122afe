<?php $fields = [];
foreach (json_decode(getenv('FIELDS'), true) as $n => $v) $fields[] = "$n: $v";
$context = stream_context_create(['http' => ['method' => 'GET', 'header' => $fields, 'ignore_errors' => true]]);
var_dump(stream_context_get_options($context)); $body = file_get_contents(getenv('URL_'), false, $context);
var_dump($http_response_header, $body);
