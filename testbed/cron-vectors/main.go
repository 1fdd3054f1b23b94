// Makes vectors.jsonl.gz: `go run . 7 3500 | gzip -9n`.
// Writes what the real Go libraries answer: one JSON line per expression, zone and instant.
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata"

	gocron "github.com/netresearch/go-cron"
	robfig "github.com/robfig/cron/v3"
)

type schedule interface{ Next(time.Time) time.Time }

func parse(dialect, text string) (found schedule, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("panic: %v", caught)
		}
	}()
	if dialect == "robfig" {
		return robfig.ParseStandard(text)
	}
	return gocron.ParseStandard(text)
}

var zones = []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia", "America/Havana", "Atlantic/Azores", "Pacific/Chatham", "Europe/London", "America/St_Johns", "Asia/Tehran"}

func pick(r *rand.Rand, from ...string) string { return from[r.Intn(len(from))] }

func field(r *rand.Rand, min, max int, names []string) string {
	number := func() string {
		if names != nil && r.Intn(3) == 0 {
			return names[r.Intn(len(names))]
		}
		return strconv.Itoa(min + r.Intn(max-min+1))
	}
	item := func() string {
		switch r.Intn(9) {
		case 0, 1, 2:
			return "*"
		case 3:
			return "*/" + strconv.Itoa(1+r.Intn(max+2))
		case 4:
			return number() + "-" + number()
		case 5:
			return number() + "-" + number() + "/" + strconv.Itoa(1+r.Intn(5))
		case 6:
			return number() + "/" + strconv.Itoa(1+r.Intn(max+1))
		default:
			return number()
		}
	}
	items := []string{item()}
	for r.Intn(4) == 0 {
		items = append(items, item())
	}
	if r.Intn(60) == 0 {
		return pick(r, "?", "*-5", ",,,", "7", "0-7", "L", "5#2", "15W", "H", "1-2-3", "1/2/3", "*/0", "-1", "+5", "05", "x")
	}
	return strings.Join(items, ",")
}

func expression(r *rand.Rand) string {
	if r.Intn(25) == 0 {
		return pick(r, "@daily", "@hourly", "@weekly", "@monthly", "@yearly", "@midnight", "@annually", "@every 90m", "@every 1h30m", "@every 1.5h", "@every 500ms", "@every -5m", "@every 7d", "@every 10", "@manual", "@none", "@Daily", "", "0 0 30 2 *", "0 0 29 2 *", "0 0 31 4 *", "* * * * * *", "* * * *", ",,, * * * *")
	}
	months := []string{"JAN", "feb", "Mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "DEC"}
	days := []string{"SUN", "mon", "Tue", "wed", "thu", "fri", "sat"}
	minute := pick(r, "0", "30", "15,45", field(r, 0, 59, nil), field(r, 0, 59, nil))
	hour := pick(r, "0", "1", "2", "1-3", "*", "23", field(r, 0, 23, nil), field(r, 0, 23, nil))
	day, month, weekday := "*", "*", "*"
	if r.Intn(3) == 0 {
		day = field(r, 1, 31, nil)
	}
	if r.Intn(4) == 0 {
		month = field(r, 1, 12, months)
	}
	if r.Intn(3) == 0 {
		weekday = field(r, 0, 6, days)
	}
	text := strings.Join([]string{minute, hour, day, month, weekday}, " ")
	if r.Intn(15) == 0 {
		text = pick(r, "CRON_TZ=Asia/Tokyo ", "TZ=UTC ", "CRON_TZ=\"Europe/Paris\" ", "TZ=Nowhere/City ", "CRON_TZ=UTC") + text
	}
	return text
}

// Half of the instants stand around a change of clocks.
func instant(r *rand.Rand, loc *time.Location) time.Time {
	at := time.Unix(1420070400+r.Int63n(10*365*86400), 0).In(loc)
	if r.Intn(2) == 0 {
		return at
	}
	for day := 0; day < 370; day++ {
		next := at.Add(24 * time.Hour)
		_, a := at.Zone()
		_, b := next.Zone()
		if a != b {
			return at.Add(time.Duration(r.Intn(30*3600)) * time.Second)
		}
		at = next
	}
	return at
}

type vector struct {
	Dialect string   `json:"dialect"`
	Text    string   `json:"text"`
	Zone    string   `json:"zone"`
	After   int64    `json:"after"`
	Next    []*int64 `json:"next"`
	Refused bool     `json:"refused,omitempty"`
}

func main() {
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	count, _ := strconv.Atoi(os.Args[2])
	r := rand.New(rand.NewSource(seed))
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for i := 0; i < count; i++ {
		text, zone := expression(r), pick(r, zones...)
		loc, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		after := instant(r, loc)
		for _, dialect := range []string{"robfig", "go-cron"} {
			one := vector{Dialect: dialect, Text: text, Zone: zone, After: after.Unix()}
			found, err := parse(dialect, text)
			if err != nil {
				one.Refused = true
			} else {
				at := after
				for step := 0; step < 4; step++ {
					at = found.Next(at)
					if at.IsZero() {
						one.Next = append(one.Next, nil)
						break
					}
					second := at.Unix()
					one.Next = append(one.Next, &second)
				}
			}
			if err := out.Encode(one); err != nil {
				panic(err)
			}
		}
	}
}
