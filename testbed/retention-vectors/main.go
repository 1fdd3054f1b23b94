// Makes vectors.jsonl.gz with restic's own rules. They are in restic's internal packages, so this file
// goes into a checkout of restic v0.18.1 as cmd/vectors/main.go: `go run ./cmd/vectors 7 1000 | gzip -9n`.
package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"strconv"
	"time"
	_ "time/tzdata"

	"github.com/restic/restic/internal/restic"
)

type span struct {
	Years  int `json:"years"`
	Months int `json:"months"`
	Days   int `json:"days"`
	Hours  int `json:"hours"`
}

type policy struct {
	Last    int   `json:"last,omitempty"`
	Hourly  int   `json:"hourly,omitempty"`
	Daily   int   `json:"daily,omitempty"`
	Weekly  int   `json:"weekly,omitempty"`
	Monthly int   `json:"monthly,omitempty"`
	Yearly  int   `json:"yearly,omitempty"`
	Within  *span `json:"within,omitempty"`
}

type vector struct {
	Zone   string  `json:"zone"`
	Policy policy  `json:"policy"`
	Points []int64 `json:"points"`
	Remove []int64 `json:"remove"`
}

var zones = []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland"}

func main() {
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	count, _ := strconv.Atoi(os.Args[2])
	r := rand.New(rand.NewSource(seed))
	out := json.NewEncoder(os.Stdout)
	some := func(n int) int { return r.Intn(n) * r.Intn(2) }
	for i := 0; i < count; i++ {
		one := vector{Zone: zones[r.Intn(len(zones))], Remove: []int64{}}
		loc, err := time.LoadLocation(one.Zone)
		if err != nil {
			panic(err)
		}
		one.Policy = policy{Last: some(5), Hourly: some(30), Daily: some(15), Weekly: some(9), Monthly: some(14), Yearly: some(4)}
		if r.Intn(3) == 0 {
			one.Policy.Within = &span{Years: some(2), Months: some(4), Days: r.Intn(30), Hours: 1 + r.Intn(23)}
		}
		at := time.Date(2016+r.Intn(8), time.Month(1+r.Intn(12)), 1+r.Intn(28), r.Intn(24), r.Intn(60), 0, 0, loc)
		steps := []time.Duration{20 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour}
		step := steps[r.Intn(len(steps))]
		var list restic.Snapshots
		for n := 5 + r.Intn(50); n > 0; n-- {
			list = append(list, &restic.Snapshot{Time: at})
			one.Points = append(one.Points, at.Unix())
			if r.Intn(12) == 0 {
				step = steps[r.Intn(len(steps))]
			}
			at = at.Add(step + time.Duration(r.Intn(900))*time.Second)
		}
		p := restic.ExpirePolicy{Last: one.Policy.Last, Hourly: one.Policy.Hourly, Daily: one.Policy.Daily, Weekly: one.Policy.Weekly, Monthly: one.Policy.Monthly, Yearly: one.Policy.Yearly}
		if w := one.Policy.Within; w != nil {
			p.Within = restic.Duration{Years: w.Years, Months: w.Months, Days: w.Days, Hours: w.Hours}
		}
		if p.Empty() {
			continue
		}
		_, remove, _ := restic.ApplyPolicy(list, p)
		for _, sn := range remove {
			one.Remove = append(one.Remove, sn.Time.Unix())
		}
		if err := out.Encode(one); err != nil {
			panic(err)
		}
	}
}
