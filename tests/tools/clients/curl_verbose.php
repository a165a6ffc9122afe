<?php $c = curl_init(getenv('URL_')); $fields = [];
foreach (json_decode(getenv('FIELDS'), true) as $n => $v) $fields[] = $v === '' ? "$n;" : "$n: $v";
curl_setopt_array($c, [CURLOPT_HTTPHEADER => $fields, CURLOPT_RETURNTRANSFER => true, CURLINFO_HEADER_OUT => true, CURLOPT_HEADER => true]);
$body = curl_exec($c); print_r(curl_getinfo($c)); echo $body, "\n";
