package fathom.models.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import fathom.hub.HubReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LicenceConsentsTest {
    private static final HubReference.Repository NON_COMMERCIAL = HubReference.Repository.of("depth-anything",
            "Depth-Anything-V2-Large-hf");

    @TempDir
    Path folder;

    private static Optional<LicenceConsents.Notice> notice(String owner, String name, String stated) {
        return LicenceConsents.notice(HubReference.Repository.of(owner, name), Optional.ofNullable(stated));
    }

    @Test
    void permissiveLicencesNeedNoNotice() {
        assertThat(notice("Intel", "dpt-large", null)).isEmpty();
        assertThat(notice("Intel", "dpt-large", "cc-by-nc-4.0")).isEmpty();
        assertThat(notice("somebody", "model", "Apache-2.0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apache-2.0", "MIT", "BSD-3-Clause", "bsd", "ISC", "CC0-1.0", "Unlicense", "unlicense"})
    void permissiveLicencesAreInOneList(String name) {
        assertThat(new HubModel.Licence(name, true).isPermissive()).isTrue();
        assertThat(new HubModel.Licence(name, false).isPermissive()).isFalse();
        assertThat(notice("somebody", "model", name)).isEmpty();
    }

    @Test
    void otherLicencesAreNamedWithTheirPage() {
        assertThat(LicenceConsents.notice(NON_COMMERCIAL, Optional.empty())).hasValueSatisfying(notice -> {
            assertThat(notice.licence()).isEqualTo("CC-BY-NC-4.0");
            assertThat(notice.text()).contains(NON_COMMERCIAL.id(), "CC-BY-NC-4.0", "does not allow every use",
                    "https://");
        });
        assertThat(notice("vinvino02", "glpn-nyu", null))
                .hasValueSatisfying(notice -> assertThat(notice.text()).contains("believed", "non-commercial"));
        assertThat(notice("somebody", "model", "cc-by-nc-4.0"))
                .hasValueSatisfying(notice -> assertThat(notice.text()).contains("cc-by-nc-4.0"));
        assertThat(notice("somebody", "model", null))
                .hasValueSatisfying(notice -> assertThat(notice.text()).contains("is unknown"));
    }

    @Test
    void consentIsAskedForOncePerModelAndLicence() throws IOException {
        Path file = folder.resolve("home/licences.tsv");
        LicenceConsents.Notice large = LicenceConsents.notice(NON_COMMERCIAL, Optional.empty()).orElseThrow();
        LicenceConsents.Notice other = notice("somebody", "model", "cc-by-nc-4.0").orElseThrow();
        assertThat(new LicenceConsents(file).isAccepted(large)).isFalse();
        new LicenceConsents(file).accept(large, Instant.EPOCH);
        assertThat(new LicenceConsents(file).isAccepted(large)).isTrue();
        assertThat(new LicenceConsents(file).isAccepted(other)).isFalse();
        assertThat(file).hasContent(NON_COMMERCIAL.id() + "\tCC-BY-NC-4.0\t1970-01-01T00:00:00Z");
        LicenceConsents.Notice changed = notice("somebody", "model", "other").orElseThrow();
        new LicenceConsents(file).accept(other, Instant.EPOCH);
        assertThat(new LicenceConsents(file).isAccepted(changed)).isFalse();
    }
}
