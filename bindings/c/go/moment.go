package wxkf

// #include <wxkf.h>
import "C"

import (
	"math"
	"time"
)

func moment(now []int64) (C.uint64_t, error) {
	if len(now) > 1 {
		return 0, argumentInvalid("now")
	}
	if len(now) == 0 {
		return C.uint64_t(time.Now().UnixMilli()), nil
	}
	return natural("now", now[0])
}

func natural(name string, number int64) (C.uint64_t, error) {
	if number < 0 {
		return 0, argumentInvalid(name)
	}
	return C.uint64_t(number), nil
}

// maybe gives nil for what there is not. What is further away than Go can say is as far as it can.
func maybe(number C.uint64_t) *int64 {
	if number == C.WXKF_NONE {
		return nil
	}
	signed := int64(math.MaxInt64)
	if number < math.MaxInt64 {
		signed = int64(number)
	}
	return &signed
}
