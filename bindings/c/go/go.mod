module wxkf.dev/wxkf

go 1.19
