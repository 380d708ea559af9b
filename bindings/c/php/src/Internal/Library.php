<?php

declare(strict_types=1);

namespace Wxkf\Internal;

use FFI;
use Wxkf\WxkfException;

/**
 * The C library, loaded once for the process. WXKF_LIBRARY is its path, WXKF_HEADER that of its header.
 *
 * @internal
 */
final class Library
{
    /** The number of the ABI that this package is written for. */
    public const ABI = 2;

    private static ?FFI $ffi = null;

    public static function get(): FFI
    {
        return self::$ffi ??= self::load();
    }

    private static function load(): FFI
    {
        $library = self::setting('WXKF_LIBRARY') ?? 'libwxkf.so.' . self::ABI;
        try {
            // Asked alone: of another ABI there may be functions that are not there.
            $abi = FFI::cdef('uint32_t wxkf_abi(void);', $library)->wxkf_abi();
            if ($abi !== self::ABI) {
                throw self::unusable("$library has the ABI $abi, and " . self::ABI . ' is needed');
            }
            return FFI::cdef(self::declarations(self::header($library)), $library);
        } catch (FFI\Exception $error) {
            throw self::unusable($error->getMessage());
        }
    }

    private static function header(string $library): string
    {
        $beside = str_contains($library, '/')
            ? [dirname($library, 2) . '/include/wxkf.h', dirname($library) . '/wxkf.h']
            : ['/usr/local/include/wxkf.h', '/usr/include/wxkf.h'];
        $set = self::setting('WXKF_HEADER');
        foreach ($set === null ? $beside : [$set] as $path) {
            if (is_file($path)) {
                return (string) file_get_contents($path);
            }
        }
        throw self::unusable('there is no wxkf.h by the library: set WXKF_HEADER');
    }

    /** What of a header FFI reads: C without comments, and without what is for the preprocessor or for C++. */
    private static function declarations(string $header): string
    {
        if (preg_match('/^#define WXKF_ABI (\d+)$/m', $header, $found) !== 1 || (int) $found[1] !== self::ABI) {
            throw self::unusable('wxkf.h is of another ABI');
        }
        $bare = preg_replace(['~/\*.*?\*/~s', '~//[^\n]*~'], '', $header);
        $bare = preg_replace('/^#ifdef __cplusplus$.*?^#endif\b/ms', '', (string) $bare);
        return (string) preg_replace('/^#.*$/m', '', (string) $bare);
    }

    private static function setting(string $name): ?string
    {
        $value = getenv($name);
        return $value === false || $value === '' ? null : $value;
    }

    private static function unusable(string $detail): WxkfException
    {
        return WxkfException::here('binding.library_unusable', 'libwxkf cannot be loaded', null, $detail);
    }
}
