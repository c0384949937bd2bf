package fathom.examples.revisited;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.errors.ErrorKind;
import fathom.evaluation.errors.ErrorMap;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArticleMap;
import fathom.evaluation.protocols.Protocol;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.ErrorShading;
import fathom.rendering.Figure;
import fathom.rendering.Heatmap;
import fathom.rendering.Shading;
import fathom.rendering.ValueRange;

/** The pictures of the page. */
final class RevisitedPictures {
    private static final int HEIGHT = 150;
    private static final int LEVEL = 0xFF;
    private static final double LARGE_ERROR = 0.4;

    private RevisitedPictures() {}

    /** Returns the 8-bit maps that the article compares. */
    static RgbImage articleMaps(Scene scene) throws UnscorableException {
        Shading levels = Shading.of(Colormap.viridis(), new ValueRange(0, LEVEL));
        Plane metres = scene.metres();
        Figure figure = new Figure(HEIGHT).add("room", scene.picture());
        add(figure, "truth", ArticleMap.ofStored(scene.truth().stored()), levels);
        add(figure, "perfect depth", ArticleMap.of(RelativeModel.PERFECT_DEPTH.predict(metres)), levels);
        add(figure, "perfect inverse depth", ArticleMap.of(RelativeModel.PERFECT_INVERSE.predict(metres)), levels);
        add(figure, "perfect depth, red channel", ArticleMap.of(RelativeModel.RED_CHANNEL.predict(metres)), levels);
        return figure.render();
    }

    private static void add(Figure figure, String title, GrayImage levels, Shading shading) {
        Plane values = Plane.allocate(levels.height(), levels.width());
        for (int at = 0; at < values.size(); at++) {
            values.array()[at] = levels.array()[at] & LEVEL;
        }
        figure.add(title, Heatmap.render(values, Mask.ofFinite(values), shading), shading, "");
    }

    /** Returns the relative errors of four models after alignment, in one range of colours. */
    static RgbImage alignedErrors(Scene scene) throws UnscorableException {
        Protocol protocol = Protocol.named("aligned");
        Map<RelativeModel, Plane> errors = new EnumMap<>(RelativeModel.class);
        for (RelativeModel model : List.of(RelativeModel.PERFECT_DEPTH, RelativeModel.BLURRED, RelativeModel.NOISY,
                RelativeModel.RED_CHANNEL)) {
            errors.put(model, ErrorMap
                    .of(protocol.compared(scene.truth(), model.predict(scene.metres()), Optional.empty()).orElseThrow(),
                            ErrorKind.RELATIVE)
                    .values());
        }
        Shading shading = Shading.of(ErrorShading.size(List.of()).colormap(), new ValueRange(0, LARGE_ERROR));
        Figure figure = new Figure(HEIGHT).add("room", scene.picture());
        errors.forEach((model, map) -> figure.add(model.title(), Heatmap.render(map, Mask.ofFinite(map), shading),
                shading, ""));
        return figure.render();
    }
}
