package fathom.cli.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.workbench.predict.PredictPictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RemedyTextTest {
    static Stream<Arguments> remedies() {
        return Stream.of(Arguments.of(new Remedy.RedoPredictions("dpt"), "--redo"),
                Arguments.of(new Remedy.SeparateOutputFolders(), "--out"),
                Arguments.of(new Remedy.ChooseOutputFolder(), "another --out folder"),
                Arguments.of(new Remedy.StateCamera(), "--fov"),
                Arguments.of(new Remedy.PredictFirst("rooms", "dpt"), "fathom apply rooms --model MODEL --field dpt"),
                Arguments.of(new Remedy.CheckModelInputs(), "--input"),
                Arguments.of(new Remedy.LowerConcurrency(), "--concurrency"),
                Arguments.of(new Remedy.GiveModelInput(), "--input KEY=VALUE"),
                Arguments.of(new Remedy.SetModelOption(List.of("fov_x=DEGREES", "focal=PIXELS")),
                        "--option fov_x=DEGREES or --option focal=PIXELS."),
                Arguments.of(new Remedy.NameArray(List.of("depth", "confidence")), "--array depth"),
                Arguments.of(new Remedy.EnlargeHeap(3), "-Xmx3g"),
                Arguments.of(new Remedy.StatePreprocessing("1,2,3", "4,5,6"), "--option mean=1,2,3 --option std=4,5,6"),
                Arguments.of(
                        new Remedy.DescribeModel(List.of("metric", "affine-invariant"), Path.of("x.yaml"), "kind: a"),
                        "--option kind=KIND, where KIND is metric or affine-invariant, or write x.yaml:\nkind: a"));
    }

    @ParameterizedTest
    @MethodSource("remedies")
    void everyRemedyNamesItsOptionOrCommand(Remedy remedy, String named) {
        assertThat(RemedyText.of(remedy)).contains(named);
    }

    @Test
    void everyRemedyIsTested() {
        Set<Class<?>> tested = remedies().map(arguments -> arguments.get()[0].getClass()).collect(Collectors.toSet());
        assertThat(tested).isEqualTo(Set.of(Remedy.class.getPermittedSubclasses()));
    }

    @Test
    void explanationEndsWithTheRemedy() {
        Explanation explanation = Explanation
                .of(new UsageException("output x: it would replace the picture.", new Remedy.ChooseOutputFolder()));
        assertThat(explanation.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(explanation.text())
                .isEqualTo("output x: it would replace the picture. Choose another --out folder.");
    }

    @Test
    void jsonContainsTheText() {
        StringWriter out = new StringWriter();
        JsonOutput.print(new PrintWriter(out, true), new PredictPictures.Result.Failed(Path.of("a.png"), "too busy",
                Optional.of(new Remedy.LowerConcurrency())));
        assertThat(out.toString()).contains("\"remedy\" : \"Decrease --concurrency");
    }
}
