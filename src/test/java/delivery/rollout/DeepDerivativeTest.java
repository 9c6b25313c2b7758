package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepDerivativeTest {

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(quoteCharacter = '"', delimiter = '|', value = {
        "{a:'x'}                  | {a:'x',b:1}",
        "{a:{b:'x'}}              | {a:{b:'x',c:'filled in'}}",
        "{a:null,b:'',c:[],d:{}}  | {a:1,b:'x',c:[1],d:{e:1}}",
        "{a:['x']}                | {a:['x','y']}",
        "{a:[{b:1}]}              | {a:[{b:1,c:2}]}",
        "{a:0,b:false}            | {a:0,b:false}",
    })
    void whatWasLeftOutMayBeFilledIn(String written, String there) {
        assertThat(DeepDerivative.from(json(written), json(there))).isTrue();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(quoteCharacter = '"', delimiter = '|', value = {
        "{a:'x'}          | {a:'y'}",
        "{a:'x'}          | {b:'x'}",
        "{a:''}           | {b:'x'}",
        "{a:{b:'x'}}      | {a:{b:'y'}}",
        "{a:['x','y']}    | {a:['x']}",
        "{a:['x','y']}    | {a:['y','x']}",
        "{a:0}            | {a:1}",
        "{a:false}        | {a:true}",
        "{a:1}            | {a:'1'}",
        "{a:''}           | {a:null}",
        "{a:{}}           | {a:[]}",
    })
    void whatWasWrittenIsThere(String written, String there) {
        assertThat(DeepDerivative.from(json(written), json(there))).isFalse();
    }

    @Test
    void aNumberIsTheSameWhateverItIsReadAs() {
        assertThat(DeepDerivative.from(IntNode.valueOf(5), LongNode.valueOf(5))).isTrue();
        assertThat(DeepDerivative.from(IntNode.valueOf(5), LongNode.valueOf(6))).isFalse();
    }

    @Test
    void nothingComesFromNothing() {
        assertThat(DeepDerivative.from(json("{}"), MissingNode.getInstance())).isFalse();
        assertThat(DeepDerivative.from(MissingNode.getInstance(), json("{}"))).as("no template was written").isFalse();
    }
}
