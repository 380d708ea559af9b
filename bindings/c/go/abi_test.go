package wxkf

import "testing"

func TestAnotherABIIsRefused(t *testing.T) {
	if err := checkABI(ABI); err != nil {
		t.Error(err)
	}
	if err := checkABI(ABI + 1); err == nil {
		t.Error("another ABI is taken")
	}
}
