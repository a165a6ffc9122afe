<?php require '/usr/share/php/GuzzleHttp/autoload.php';
try { (new GuzzleHttp\Client())->get(getenv('URL_'), ['headers' => json_decode(getenv('FIELDS'), true), 'debug' => getenv('HOW') === 'debug' ? fopen('php://stdout', 'w') : false]); }
catch (GuzzleHttp\Exception\ClientException $e) { echo $e->getMessage(), "\n"; if (getenv('HOW') !== 'debug') { echo GuzzleHttp\Psr7\Message::toString($e->getRequest()), "\n\n", GuzzleHttp\Psr7\Message::toString($e->getResponse()), "\n"; } }
