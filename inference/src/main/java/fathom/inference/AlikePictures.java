package fathom.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import fathom.models.Estimate;
import fathom.models.architectures.Picture;
import fathom.models.preparation.Pixels;

/** Pictures that were prepared to one size, so that they may go through a network together. */
final class AlikePictures {
    private AlikePictures() {}

    /** The sizes of {@code input} and of the picture that it was made of. */
    static Picture picture(PreparedInput input) {
        Pixels pixels = pixels(input);
        return new Picture(input.imageHeight(), input.imageWidth(), pixels.height(), pixels.width());
    }

    /** The numbers of {@code input}. */
    static Pixels pixels(PreparedInput input) {
        if (!(input instanceof PreparedInput.Numbers numbers)) {
            throw new IllegalArgumentException("input: expected one that this estimator prepared, found " + input);
        }
        return numbers.pixels();
    }

    /**
     * Estimates of {@code inputs}, in their order.
     *
     * @param most pictures that may go together
     * @param run gives as many estimates as it is given pictures, all of one size
     */
    static List<Estimate> run(List<PreparedInput> inputs, int most,
            BiFunction<Picture, List<Pixels>, List<Estimate>> run) {
        Map<Picture, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            alike.computeIfAbsent(picture(inputs.get(i)), size -> new ArrayList<>()).add(i);
        }
        Estimate[] estimates = new Estimate[inputs.size()];
        alike.forEach((picture, places) -> {
            for (int from = 0; from < places.size(); from += most) {
                List<Integer> some = places.subList(from, Math.min(places.size(), from + most));
                List<Estimate> own = run.apply(picture, some.stream().map(i -> pixels(inputs.get(i))).toList());
                for (int i = 0; i < some.size(); i++) {
                    estimates[some.get(i)] = own.get(i);
                }
            }
        });
        return List.of(estimates);
    }
}
