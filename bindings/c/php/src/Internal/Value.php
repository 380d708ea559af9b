<?php

declare(strict_types=1);

namespace Wxkf\Internal;

use JsonException;
use Wxkf\WxkfException;

/**
 * Values on their way to the library and back.
 *
 * @internal
 */
final class Value
{
    /** WXKF_NONE as PHP sees it: all bits of 64. */
    private const NONE = -1;

    /** A moment for the library; the system clock unless it is given. */
    public static function now(?int $now): int
    {
        return $now === null ? (int) floor(microtime(true) * 1000) : self::count($now, 'now');
    }

    /** A number that is not negative: a negative one would arrive as a huge one. */
    public static function count(int $count, string $field): int
    {
        return $count >= 0 ? $count : throw WxkfException::argument($field, 'it is negative');
    }

    /** The same, or WXKF_NONE. */
    public static function maybeCount(?int $count, string $field): int
    {
        return $count === null ? self::NONE : self::count($count, $field);
    }

    /** An id of the library's, or `null` for WXKF_NONE. */
    public static function id(int $number): ?int
    {
        return $number === self::NONE ? null : $number;
    }

    /** A moment or length of time; `null` for WXKF_NONE. What PHP cannot hold is its largest integer. */
    public static function time(int $number): ?int
    {
        return match (true) {
            $number === self::NONE => null,
            $number < 0 => PHP_INT_MAX,
            default => $number,
        };
    }

    /** Sixteen bytes. */
    public static function random(?string $random): string
    {
        return $random ?? random_bytes(16);
    }

    /**
     * An array as a JSON object; a string is JSON already.
     *
     * @param array<mixed>|string $value
     */
    public static function toJson(array|string $value, string $field): string
    {
        if (is_string($value)) {
            return $value;
        }
        $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;
        try {
            return $value === [] ? '{}' : json_encode($value, $flags);
        } catch (JsonException $error) {
            throw WxkfException::argument($field, $error->getMessage());
        }
    }

    /**
     * JSON of the library's as arrays; a whole number that is too large for PHP is a string.
     *
     * @return array<mixed>
     */
    public static function fromJson(string $json): array
    {
        return (array) json_decode($json, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
    }
}
