<?php

declare(strict_types=1);

namespace Wxkf\Internal;

use FFI;
use FFI\CData;
use Wxkf\WxkfException;

/**
 * One call of the C library, and the memory of it: what is lent stays until this object goes, and what the
 * library gave is freed then.
 *
 * @internal
 */
final class Call
{
    public readonly FFI $c;

    /** @var list<CData> what only has to stay alive */
    private array $lent = [];

    /** @var list<CData> buffers of the library's */
    private array $owned = [];

    private readonly CData $error;

    public function __construct()
    {
        $this->c = Library::get();
        $this->error = $this->buffer();
    }

    public function __destruct()
    {
        foreach ($this->owned as $buffer) {
            $this->c->wxkf_buf_free(FFI::addr($buffer));
        }
    }

    /** Bytes as an argument. `null` is nothing, which is not the same as no bytes. */
    public function bytes(?string $string): CData
    {
        $bytes = $this->c->new('wxkf_bytes');
        if ($string !== null) {
            $length = strlen($string);
            $memory = $this->c->new('uint8_t[' . max($length, 1) . ']');
            FFI::memcpy($memory, $string, $length);
            $this->lent[] = $memory;
            $bytes->ptr = $this->c->cast('uint8_t *', $memory);
            $bytes->len = $length;
        }
        return $bytes;
    }

    /** Something for the library to write to. */
    public function room(string $type): CData
    {
        return $this->lent[] = $this->c->new($type);
    }

    /** A buffer for the library to write to. */
    public function buffer(): CData
    {
        return $this->owned[] = $this->c->new('wxkf_buf');
    }

    /** Where a failure goes. */
    public function error(): CData
    {
        return FFI::addr($this->error);
    }

    /** Throws unless all went well. */
    public function check(int $status): void
    {
        if ($status !== 0) {
            throw WxkfException::fromLibrary($status, self::text($this->error));
        }
    }

    /** The bytes of a buffer, or of what is borrowed; no bytes if there are none. */
    public static function text(CData $bytes): string
    {
        return self::maybe($bytes) ?? '';
    }

    /** The same, or `null` if there is nothing. */
    public static function maybe(CData $bytes): ?string
    {
        return FFI::isNull($bytes->ptr) ? null : FFI::string($bytes->ptr, $bytes->len);
    }
}
