package fathom.evaluation.protocols;

import java.util.HashSet;
import java.util.Set;

import fathom.evaluation.metrics.SsimOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A protocol is identified by its definition, never by its text. */
final class ProtocolIdentityTest {
    static Iterable<Protocol> protocols() {
        return Protocol.all();
    }

    /** Datasets store these hashes. If a hash changes, the protocol has changed, and its old numbers are deleted by the next run. */
    @ParameterizedTest
    @CsvSource({"article,0cf5893157655c53eee8239aeec0a1d5a1e57d04008c556a22b219c35e0ba610",
            "article-fixed,a005048bd245b4c1dd43d338e7cf34e00ca59fca89010633d25547d426a69744",
            "article-aligned,3335a2aefeaeb6ae5b52ebbfd5ebde9043c051dcb81bb7e02fde0040a021a34c",
            "arrays,fdeb0d13579455d9484fe2aed645d9453e0be68a886b3780138b4251796d8bbf"})
    void hashesEqualThoseStoredInDatasets(String name, String hash) {
        assertThat(Protocol.named(name).hash()).isEqualTo(hash);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void definitionsContainNoDescription(Protocol protocol) {
        assertThat(protocol.definition().flat().values()).allMatch(value -> value.matches("[a-z0-9.\\-]+|\\[.*]"));
        ProtocolText text = protocol.text();
        assertThat(text.plain(120)).isNotEqualTo(text.plain(80));
        assertThat(protocol.definition().canonical()).doesNotContain(text.title(), text.description());
    }

    @Test
    void everyProtocolHasAUniqueIdentity() {
        Set<String> hashes = new HashSet<>();
        Protocol.all().forEach(protocol -> hashes.add(protocol.hash()));

        assertThat(hashes).hasSameSizeAs(Protocol.all());
    }

    @Test
    void aChangedParameterChangesTheHash() {
        ArticleAlignedProtocol published = new ArticleAlignedProtocol();

        assertThat(new ArticleAlignedProtocol(1e-3f).hash()).isEqualTo(published.hash());
        assertThat(new ArticleAlignedProtocol(1e-2f).hash()).isNotEqualTo(published.hash());
        assertThat(new SsimOptions(9, false, 1.5, true, 0.01, 0.03).definition().sha256())
                .isNotEqualTo(SsimOptions.DEFAULT.definition().sha256());
        assertThatIllegalArgumentException().isThrownBy(() -> new ArticleAlignedProtocol(0));
    }
}
