package fathom.datasets.readers;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import fathom.datasets.depth.DepthLimits;
import fathom.formats.images.ReadOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class SceneReadersTest {
    @TempDir
    Path folder;

    private static ImportOptions stating(ImportOption option) {
        Path somewhere = Path.of("x");
        ImportOptions none = ImportOptions.DEFAULT;
        return switch (option) {
            case DEPTH_SOURCE -> none.withDepth(DepthSource.RAW);
            case SCALE -> none.withUnitsPerMetre(1000);
            case RGB_FOLDER -> new ImportOptions(none.limit(), none.depth(), none.unitsPerMetre(),
                    Optional.of(somewhere), none.depthFolder(), none.intrinsics(), none.limits(), none.missing(),
                    none.timeLimit(), none.reading());
            case DEPTH_FOLDER -> new ImportOptions(none.limit(), none.depth(), none.unitsPerMetre(), none.rgbFolder(),
                    Optional.of(somewhere), none.intrinsics(), none.limits(), none.missing(), none.timeLimit(),
                    none.reading());
            case INTRINSICS -> none.withIntrinsics(somewhere);
            case DEPTH_LIMITS -> new ImportOptions(none.limit(), none.depth(), none.unitsPerMetre(), none.rgbFolder(),
                    none.depthFolder(), none.intrinsics(), Optional.of(DepthLimits.NONE), none.missing(),
                    none.timeLimit(), none.reading());
            case MISSING -> none.withMissing(List.of(65535.0));
            case TIME_LIMIT -> none.withTimeLimit(0.02);
            case READING -> none.withReading(new ReadOptions(ByteOrder.LITTLE_ENDIAN, Optional.empty()));
        };
    }

    @ParameterizedTest
    @EnumSource(ImportOption.class)
    void everyReaderRefusesExactlyTheOptionsThatItDoesNotDeclare(ImportOption option) {
        ImportOptions options = stating(option);
        assertThat(options.stated()).isEqualTo(Set.of(option));
        for (SceneReader reader : SceneReaders.all()) {
            Throwable failure = catchThrowable(() -> reader.find(folder, options));
            String refusal = reader.name() + ": expected no " + option.label().replaceFirst("^a ", "") + ", found one; "
                    + reader.instead();
            assertThat(failure).as("an empty folder is refused too").isNotNull();
            assertThat(String.valueOf(failure.getMessage()).equals(refusal)).as(reader.name() + ": " + failure)
                    .isNotEqualTo(reader.options().contains(option));
        }
    }
}
