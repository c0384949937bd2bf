package fathom.cli.console;

import java.util.List;
import java.util.stream.Collectors;

import fathom.raster.advice.Remedy;

/** Remedies in the words of the command line: the only place that maps a remedy to options and commands. */
public final class RemedyText {
    private RemedyText() {}

    /** One or more sentences that say what to do. */
    public static String of(Remedy remedy) {
        return switch (remedy) {
            case Remedy.RedoPredictions(String field) ->
                "Choose a field other than " + field
                        + " with --field, or delete its predictions and start over with --redo.";
            case Remedy.SeparateOutputFolders() ->
                "Run pictures of the same name separately, each run with another --out folder.";
            case Remedy.ChooseOutputFolder() -> "Choose another --out folder.";
            case Remedy.StateCamera() ->
                "State the camera: --intrinsics FX,FY,CX,CY, or --fov with the horizontal field "
                        + "of view in degrees (about 65 for the main camera of most phones).";
            case Remedy.PredictFirst(String dataset, String field) ->
                "Make them first: fathom apply " + dataset + " --model MODEL --field " + field;
            case Remedy.CheckModelInputs() -> "Check the version, the model's inputs and --input.";
            case Remedy.LowerConcurrency() -> "Lower --concurrency, or allow more time with --timeout.";
            case Remedy.GiveModelInput() -> "The model's own inputs are given by --input KEY=VALUE.";
            case Remedy.SetModelOption(List<String> settings) -> settings.stream()
                    .map(setting -> "--option " + setting).collect(Collectors.joining(" or ", "Set it by ", "."));
            case Remedy.DescribeModel model -> "State --option kind=KIND, where KIND is "
                    + String.join(", ", model.kinds().subList(0, model.kinds().size() - 1)) + " or "
                    + model.kinds().getLast() + ", or write " + model.file() + ":\n" + model.content();
        };
    }

    /** {@code message} as a sentence, followed by the remedy. */
    public static String after(String message, Remedy remedy) {
        return message.replaceFirst("\\.$", "") + ". " + of(remedy);
    }
}
