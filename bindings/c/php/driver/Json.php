<?php

declare(strict_types=1);

namespace Wxkf\Driver;

/** JSON as it is written, and as the protocol writes it. */
final class Json
{
    /** A line as arrays. What serde_json would not take is a bad line. */
    public static function read(string $line): array
    {
        $value = json_decode($line, true, 128);
        return is_array($value) && self::isSound($value) ? $value : throw new BadLine();
    }

    /** A value in compact JSON. Bytes that are no UTF-8 become U+FFFD. */
    public static function write(mixed $value): string
    {
        if (is_string($value)) {
            $value = self::lossy($value);
        }
        return json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES
            | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR);
    }

    public static function isUtf8(string $text): bool
    {
        return preg_match('//u', $text) === 1;
    }

    /** The text of a member of the outermost object, exactly as it is written; the line is known to be JSON. */
    public static function member(string $line, string $name): ?string
    {
        [$depth, $key, $start, $at, $end] = [0, null, null, 0, strlen($line)];
        while (($at += strcspn($line, '"{}[],:', $at)) < $end) {
            $mark = $line[$at];
            if ($mark === '"') {
                $close = self::endOfText($line, $at);
                if ($depth === 1 && $start === null) {
                    $key = json_decode(substr($line, $at, $close - $at));
                }
                $at = $close;
                continue;
            }
            if ($depth === 1 && ($mark === ',' || $mark === '}')) {
                if ($start !== null) {
                    return trim(substr($line, $start, $at - $start), " \t\r\n");
                }
                $key = null;
            } elseif ($depth === 1 && $mark === ':' && $key === $name) {
                $start = $at + 1;
            }
            $depth += match ($mark) {
                '{', '[' => 1,
                '}', ']' => -1,
                default => 0,
            };
            $at++;
        }
        return null;
    }

    private static function endOfText(string $line, int $at): int
    {
        $at++;
        while ($line[$at += strcspn($line, '"\\', $at)] !== '"') {
            $at += 2;
        }
        return $at + 1;
    }

    private static function isSound(array $value): bool
    {
        foreach ($value as $inner) {
            if (is_float($inner) && is_infinite($inner) || is_array($inner) && !self::isSound($inner)) {
                return false;
            }
        }
        return true;
    }

    /** As Rust does it: one U+FFFD for the longest start of a character that then breaks off. */
    private static function lossy(string $bytes): string
    {
        if (self::isUtf8($bytes)) {
            return $bytes;
        }
        $good = '[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}'
            . '|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}'
            . '|\xf4[\x80-\x8f][\x80-\xbf]{2}';
        $bad = '\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]|\xf0[\x90-\xbf][\x80-\xbf]?'
            . '|[\xf1-\xf3][\x80-\xbf]{1,2}|\xf4[\x80-\x8f][\x80-\xbf]?|[\x80-\xff]';
        return (string) preg_replace("/(?:$good)(*SKIP)(*FAIL)|$bad/", "\u{fffd}", $bytes);
    }
}
