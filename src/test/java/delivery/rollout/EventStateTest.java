package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventStateTest {

    @Test
    void anEventOfTheOldKindHasACountAndALastTime() {
        EventState event = EventState.parse(json("{involvedObject:{kind:'Pod',name:'p',uid:'u'},reason:'Unhealthy',"
                + "message:'Readiness\\n  probe failed ',count:4,firstTimestamp:'2026-11-26T01:02:03Z',"
                + "lastTimestamp:'2026-11-26T01:02:09Z',eventTime:null}"));
        assertThat(event).isEqualTo(new EventState("Pod", "p", "u", "Unhealthy", "Readiness probe failed", 4,
                "2026-11-26T01:02:09Z"));
    }

    @Test
    void anEventOfTheNewKindHasASeriesOrHappenedOnce() {
        EventState series = EventState.parse(json("{involvedObject:{kind:'Pod',name:'p'},reason:'FailedScheduling',"
                + "message:'m',eventTime:'2026-11-26T01:02:03.000004Z',lastTimestamp:null,"
                + "series:{count:3,lastObservedTime:'2026-11-26T01:03:03.000004Z'}}"));
        assertThat(series.count()).isEqualTo(3);
        assertThat(series.last()).isEqualTo("2026-11-26T01:03:03.000004Z");
        EventState once = EventState.parse(json("{reason:'r',eventTime:'2026-11-26T01:02:03.000004Z'}"));
        assertThat(once).isEqualTo(new EventState("", "", "", "r", "", 1, "2026-11-26T01:02:03.000004Z"));
        assertThat(EventState.parse(json("{}")).last()).isEmpty();
    }
}
