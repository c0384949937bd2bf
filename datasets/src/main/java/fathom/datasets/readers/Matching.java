package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The assignment of depth maps to pictures.
 *
 * @param pairs the pictures with their depth maps, sorted by picture
 * @param pictures the pictures without depth, each with the reason
 * @param depths the depth maps without a picture
 */
record Matching(List<Pair> pairs, Map<Path, String> pictures, List<Path> depths) {
    /**
     * A picture and its depth.
     *
     * @param rgb the picture
     * @param depth the depth map
     * @param rule the rule that made the pair
     * @param seconds the difference of their times, if the rule compares times
     */
    record Pair(Path rgb, Path depth, PairRule rule, OptionalDouble seconds) {}
}
