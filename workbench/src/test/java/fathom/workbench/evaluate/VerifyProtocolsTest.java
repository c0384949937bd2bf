package fathom.workbench.evaluate;

import java.nio.file.Path;

import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyProtocolsTest {
    @Test
    void aCancelledComparisonCountsWhatRemains() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        VerifyProtocols.Outcome outcome = VerifyProtocols.run(
                Path.of(System.getProperty("fathom.goldens")).resolve("protocols"), Progress.silent(), cancellation);
        assertThat(outcome.toolkits()).isEmpty();
        assertThat(outcome.remaining()).isPositive();
    }
}
