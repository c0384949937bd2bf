package fathom.cli.console;

import java.util.List;
import java.util.stream.Collectors;

import fathom.raster.advice.Remedy;

/** Texts of remedies for the command line. This is the only place that maps a remedy to options and commands. */
public final class RemedyText {
    private RemedyText() {}

    /**
     * Returns the instruction for a remedy.
     *
     * @param remedy the remedy
     * @return one or more sentences
     */
    public static String of(Remedy remedy) {
        return switch (remedy) {
            case Remedy.RedoPredictions(String field) -> "Choose a field other than " + field
                    + " with --field, or delete its predictions and start over with --redo.";
            case Remedy.SeparateOutputFolders() ->
                "Run pictures of the same name separately, with a different --out folder for each run.";
            case Remedy.ChooseOutputFolder() -> "Choose another --out folder.";
            case Remedy.StateCamera() ->
                "Specify the camera: --intrinsics FX,FY,CX,CY, or --fov with the horizontal field "
                        + "of view in degrees (about 65 for the main camera of most phones).";
            case Remedy.NameArray(List<String> names) -> "Name one of them, for example: --array " + names.getFirst();
            case Remedy.EnlargeHeap(long gigabytes) ->
                "Use a smaller picture, or a larger heap: set the environment variable JAVA_TOOL_OPTIONS=-Xmx"
                        + gigabytes + "g";
            case Remedy.PredictFirst(String dataset, String field) ->
                "Predict them first: fathom apply " + dataset + " --model MODEL --field " + field;
            case Remedy.CheckModelInputs() -> "Check the version, the model's inputs and --input.";
            case Remedy.LowerConcurrency() -> "Decrease --concurrency or increase --timeout.";
            case Remedy.GiveModelInput() -> "Set the inputs of the model by --input KEY=VALUE.";
            case Remedy.SetModelOption(List<String> settings) -> settings.stream().map(setting -> "--option " + setting)
                    .collect(Collectors.joining(" or ", "Set it by ", "."));
            case Remedy.StatePreprocessing(String mean, String deviation) ->
                "If it is trained with ImageNet's mean, as most models are, add --option mean=" + mean
                        + " --option std=" + deviation + "; if values from 0 to 1 are right, add --option scale=1.";
            case Remedy.DescribeModel model -> "Add --option kind=KIND, where KIND is "
                    + String.join(", ", model.kinds().subList(0, model.kinds().size() - 1)) + " or "
                    + model.kinds().getLast() + ", or write " + model.file() + ":\n" + model.content();
        };
    }

    /**
     * Returns a message as a sentence, followed by its remedy.
     *
     * @param message the message, with or without a full stop
     * @param remedy the remedy
     * @return both
     */
    public static String after(String message, Remedy remedy) {
        return message.replaceFirst("\\.$", "") + ". " + of(remedy);
    }
}
