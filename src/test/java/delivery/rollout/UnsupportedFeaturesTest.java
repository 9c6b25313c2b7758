package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedFeaturesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "workloadRef:{apiVersion:'apps/v1',kind:'Deployment',name:'shop'}|spec.workloadRef has the pods' template in"
                + " Deployment shop",
        "strategy:{canary:{pingPong:{pingService:'a',pongService:'b'}}}|canary.pingPong",
        "strategy:{canary:{trafficRouting:{istio:{destinationRule:{name:'shop',canarySubsetName:'c'}}}}}"
                + "|trafficRouting.istio.destinationRule splits a Service into subsets",
        "strategy:{canary:{steps:[{setWeight:20},{experiment:{templates:[{name:'a',weight:10}]}}]}}|a step experiment"
                + " with a weight",
        "strategy:{canary:{trafficRouting:{maxTrafficWeight:1000,nginx:{}}}}|trafficRouting.maxTrafficWeight: 1000"})
    void eachIsNamed(String spec, String words) {
        assertThat(UnsupportedFeatures.of(json("{spec:{" + spec + "}}"))).singleElement().asString().startsWith(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "template:{spec:{}}", "workloadRef:null", "strategy:{blueGreen:{activeService:'a'}}",
        "strategy:{canary:{trafficRouting:{istio:{virtualService:{name:'shop'}}}}}",
        "strategy:{canary:{steps:[{experiment:{templates:[{name:'a'}]}},{setHeaderRoute:{name:'b'}}]}}",
        "strategy:{canary:{trafficRouting:{maxTrafficWeight:100,nginx:{stableIngress:'shop'}}}}"})
    void whatCanBeProvedIsNotRefused(String spec) {
        assertThat(UnsupportedFeatures.of(json("{spec:{" + spec + "}}"))).isEmpty();
    }

    @Test
    void allAreListedAtOnce() {
        assertThat(UnsupportedFeatures.of(json("{spec:{workloadRef:{name:'shop'},strategy:{canary:{pingPong:{},"
                + "trafficRouting:{maxTrafficWeight:10}}}}}"))).hasSize(3);
    }
}
