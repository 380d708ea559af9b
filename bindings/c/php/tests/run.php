<?php

declare(strict_types=1);

// Runs all tests; its last line is the count.

require __DIR__ . '/harness.php';
foreach (['account', 'machines', 'calls', 'echo'] as $name) {
    require __DIR__ . "/$name.php";
}
Wxkf\Tests\Run::end();
