<?php

declare(strict_types=1);

namespace Wxkf\Driver;

/** What the protocol asks of the members of a line. Whatever is otherwise makes it a bad one. */
final class Want
{
    /** An object. */
    public static function object(mixed $value): array
    {
        return is_array($value) && ($value === [] || !array_is_list($value)) ? $value : throw new BadLine();
    }

    /** A text. */
    public static function text(mixed $value): string
    {
        return is_string($value) ? $value : throw new BadLine();
    }

    /** A text, or nothing. */
    public static function maybeText(mixed $value): ?string
    {
        return $value === null ? null : self::text($value);
    }

    /** A whole number from 0 on; what PHP cannot hold is its largest integer. */
    public static function count(mixed $value): int
    {
        if (is_float($value) && $value >= 2 ** 63 && $value < 2.0 ** 64) {
            return PHP_INT_MAX;
        }
        return is_int($value) && $value >= 0 ? $value : throw new BadLine();
    }

    /** The same, or nothing. */
    public static function maybeCount(mixed $value): ?int
    {
        return $value === null ? null : self::count($value);
    }

    /** A moment of so many seconds, in milliseconds. */
    public static function seconds(mixed $value): int
    {
        return (int) min(self::count($value), intdiv(PHP_INT_MAX, 1000)) * 1000;
    }

    /** Texts; `null` is none of them. */
    public static function texts(array $of, string $name): array
    {
        $list = array_key_exists($name, $of) ? $of[$name] : [];
        return is_array($list) && array_is_list($list) ? array_map(self::text(...), $list) : throw new BadLine();
    }

    /** A body: text as it is, or bytes in base64. */
    public static function body(array $op): string
    {
        [$text, $coded] = [self::maybeText($op['body'] ?? null), self::maybeText($op['body_base64'] ?? null)];
        if ($coded === null) {
            return $text ?? '';
        }
        $bytes = base64_decode($coded, true);
        // PHP takes what is not padded, and bits that are left over.
        return $text === null && $bytes !== false && base64_encode($bytes) === $coded ? $bytes : throw new BadLine();
    }

    /** Sixteen bytes from 32 hexadecimal digits. */
    public static function random(mixed $digits): string
    {
        $is = preg_match('/^[0-9a-f]{32}$/Di', self::text($digits)) === 1;
        return $is ? (string) hex2bin($digits) : throw new BadLine();
    }
}
