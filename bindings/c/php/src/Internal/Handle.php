<?php

declare(strict_types=1);

namespace Wxkf\Internal;

use FFI\CData;
use Wxkf\WxkfException;

/**
 * An object of the C library, freed once.
 *
 * @internal
 */
final class Handle
{
    /** @param string $free the function that frees it */
    public function __construct(private ?CData $pointer, private readonly string $free)
    {
    }

    public function __destruct()
    {
        $this->close();
    }

    private function __clone()
    {
    }

    /** Of what lives in the library there is nothing to keep. A record has snapshot(). */
    public function __serialize(): array
    {
        throw WxkfException::argument('object', 'it cannot be serialized');
    }

    public function get(): CData
    {
        return $this->pointer ?? throw WxkfException::argument('object', 'it was closed');
    }

    public function close(): void
    {
        [$pointer, $this->pointer] = [$this->pointer, null];
        if ($pointer !== null) {
            Library::get()->{$this->free}($pointer);
        }
    }
}
