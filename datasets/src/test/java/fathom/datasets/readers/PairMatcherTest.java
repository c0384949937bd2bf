package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PairMatcherTest {
    private static final Path RGB = Path.of("/source/rgb");
    private static final Path DEPTH = Path.of("/source/depth");
    private static final PairTimes NONE = new PairTimes(Map.of(), Map.of(), Optional.empty());

    private static List<Path> files(Path folder, String names) {
        return Arrays.stream(names.strip().split(" +")).map(folder::resolve).toList();
    }

    private static Matching match(String pictures, String depths) {
        return match(pictures, depths, NONE);
    }

    private static Matching match(String pictures, String depths, PairTimes times) {
        return PairMatcher.match(RGB, files(RGB, pictures), DEPTH, files(DEPTH, depths), times, 0.02);
    }

    private static String text(Matching matching) {
        return String.join(" ", matching.pairs().stream()
                .map(pair -> Folders.name(RGB, pair.rgb()) + "=" + Folders.name(DEPTH, pair.depth())).toList());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # padding of numbers differs
            1.png 2.png 10.png, 0001.png 0002.png 0010.png, 1.png=0001.png 10.png=0010.png 2.png=0002.png
            # words before, after, and glued to digits
            rgb_00045.jpg rgb_00046.jpg, sync_depth_00045.png sync_depth_00046.png, rgb_00045.jpg=sync_depth_00045.png rgb_00046.jpg=sync_depth_00046.png
            frame0001.jpg frame0002.jpg, depthmap2.png depthmap1.png, frame0001.jpg=depthmap1.png frame0002.jpg=depthmap2.png
            a_l515.png b_l515.png, b_depth.png a_depth.png, a_l515.png=a_depth.png b_l515.png=b_depth.png
            # Cityscapes
            bonn/bonn_000000_000019_leftImg8bit.png bonn/bonn_000001_000019_leftImg8bit.png, bonn/bonn_000000_000019_disparity.png bonn/bonn_000001_000019_disparity.png, bonn/bonn_000000_000019_leftImg8bit.png=bonn/bonn_000000_000019_disparity.png bonn/bonn_000001_000019_leftImg8bit.png=bonn/bonn_000001_000019_disparity.png
            # KITTI: drives and cameras are folders, and the raw data has a folder for the date
            2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000005.png 2011_09_26/2011_09_26_drive_0002_sync/image_03/data/0000000005.png, 2011_09_26_drive_0002_sync/proj_depth/groundtruth/image_03/0000000005.png 2011_09_26_drive_0005_sync/proj_depth/groundtruth/image_02/0000000005.png, 2011_09_26/2011_09_26_drive_0002_sync/image_03/data/0000000005.png=2011_09_26_drive_0002_sync/proj_depth/groundtruth/image_03/0000000005.png
            2011_09_26_drive_0002_sync_image_0000000005_image_02.png, 2011_09_26_drive_0002_sync_groundtruth_depth_0000000005_image_02.png, 2011_09_26_drive_0002_sync_image_0000000005_image_02.png=2011_09_26_drive_0002_sync_groundtruth_depth_0000000005_image_02.png
            # letter case of scenes, and of scenes that differ only in it
            Kitchen/1.jpg office/1.jpg, kitchen/1.png Office/1.png, Kitchen/1.jpg=kitchen/1.png office/1.jpg=Office/1.png
            A/1.jpg a/1.jpg, A/1.png a/1.png, A/1.jpg=A/1.png a/1.jpg=a/1.png
            # folders of the kind inside of folders of the scene
            s1/rgb/1.jpg s2/rgb/1.jpg, s2/depth/1.png s1/depth/1.png, s1/rgb/1.jpg=s1/depth/1.png s2/rgb/1.jpg=s2/depth/1.png
            # two sides
            left_1.png right_1.png, left_disp_1.png right_disp_1.png, left_1.png=left_disp_1.png right_1.png=right_disp_1.png
            left_1.png right_2.png x.png, right_1.png right_2.png x.png, right_2.png=right_2.png x.png=x.png
            l_1.png r_1.png l_2.png r_2.png, l_d_1.png r_d_1.png d_r_2.png, l_1.png=l_d_1.png r_1.png=r_d_1.png r_2.png=d_r_2.png
            0001_l.png 0002_l.png, 0001.png 0002.png, 0001_l.png=0001.png 0002_l.png=0002.png
            r_1.png r_2.png, d_1.png d_2.png, r_1.png=d_1.png r_2.png=d_2.png
            d435_0001.png d415_0001.png, d415_0001_depth.png d435_0001_depth.png, d415_0001.png=d415_0001_depth.png d435_0001.png=d435_0001_depth.png
            img_D.png img_R.png, depth_R.png depth_X.png, img_R.png=depth_R.png
            0001_r.png, 0001_z.png, 0001_r.png=0001_z.png
            # signs and fractions
            rgb_-10.png rgb_0.png rgb_10.png, depth_-10.png depth_0.png depth_010.png, rgb_-10.png=depth_-10.png rgb_0.png=depth_0.png rgb_10.png=depth_010.png
            rgb_-10.png rgb_0.png, depth_0.png depth_10.png depth_20.png, rgb_0.png=depth_0.png
            rgb_1.5.png rgb_1.05.png, depth_1.5.png depth_1.10.png, rgb_1.5.png=depth_1.5.png
            rgb-7.png rgb-8.png, depth_7.png depth_8.png, rgb-7.png=depth_7.png rgb-8.png=depth_8.png
            view_x-10_y5.png view_x0_y5.png, view_x0_y5_depth.png view_x10_y5_depth.png, view_x0_y5.png=view_x0_y5_depth.png
            img_A1.png img_D1.png, depth_A1.png depth_R1.png, img_A1.png=depth_A1.png
            r_0.png r_1.png r_2.png, r_0_depth.png r_2_depth.png, r_0.png=r_0_depth.png r_2.png=r_2_depth.png
            # Hypersim and BlendedMVS
            s/scene_cam_00_final_preview/frame.0000.tonemap.jpg s/scene_cam_01_final_preview/frame.0000.tonemap.jpg, s/scene_cam_01_geometry_hdf5/frame.0000.depth_meters.npy s/scene_cam_00_geometry_hdf5/frame.0000.depth_meters.npy, s/scene_cam_00_final_preview/frame.0000.tonemap.jpg=s/scene_cam_00_geometry_hdf5/frame.0000.depth_meters.npy s/scene_cam_01_final_preview/frame.0000.tonemap.jpg=s/scene_cam_01_geometry_hdf5/frame.0000.depth_meters.npy
            5a3/blended_images/00000000.jpg 5b4/blended_images/00000000.jpg, 5b4/rendered_depth_maps/00000000.pfm, 5b4/blended_images/00000000.jpg=5b4/rendered_depth_maps/00000000.pfm
            # frames after a point
            shot01.0001.png shot01.0002.png, shot01_depth.0002.png shot01_depth.0001.png, shot01.0001.png=shot01_depth.0001.png shot01.0002.png=shot01_depth.0002.png
            frame.0000.color.jpg, frame.0000.depth_meters.npy, frame.0000.color.jpg=frame.0000.depth_meters.npy
            # topics of ROS
            _camera_color_image_raw/frame0.png _camera_color_image_raw/frame1.png, _camera_depth_image_rect_raw/frame000001.png, _camera_color_image_raw/frame1.png=_camera_depth_image_rect_raw/frame000001.png
            # one picture and one map named by their kind only
            rgb.png, depth.png, rgb.png=depth.png
            # numbers that agree by position
            cam_1.png cam_2.png cam_10.png, tof_01.png tof_02.png tof_10.png, cam_1.png=tof_01.png cam_10.png=tof_10.png cam_2.png=tof_02.png
            """, delimiter = ',')
    void namesAreMatchedByMeaning(String pictures, String depths, String pairs) {
        assertThat(text(match(pictures, depths))).isEqualTo(pairs);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # times in names: seconds, milliseconds, microseconds, nanoseconds, with another separator, of NYU
            1305031102.033.png 1305031102.067.png, 1305031102.069.png 1305031102.1.png, 1305031102.067.png=1305031102.069.png
            1305031102033.png 1305031102067.png, 1305031102069.png, 1305031102067.png=1305031102069.png
            1305031102033000.png 1305031102067000.png, 1305031102069000.png, 1305031102067000.png=1305031102069000.png
            1305031102033000000.png 1305031102067000000.png, rgb_1305031102069000000.png, 1305031102067000000.png=rgb_1305031102069000000.png
            rgb_1305031102_033000.png rgb_1305031102_067000.png, depth_1305031102_069000.png, rgb_1305031102_067000.png=depth_1305031102_069000.png
            r-1294439279.564318-2319072186.ppm r-1294439279.600000-2320000000.ppm, d-1294439279.563512-2317499187.pgm, r-1294439279.564318-2319072186.ppm=d-1294439279.563512-2317499187.pgm
            1305031102.033.png, 1305031102033000.png, 1305031102.033.png=1305031102033000.png
            0.033333.png 0.066667.png, 0.030000.png 0.100000.png, 0.033333.png=0.030000.png
            # SUN3D, and dates with the time of day
            0000001-000000000000.jpg 0000002-000000033333.jpg, 0000001-000000010395.png 0000002-000000043718.png, 0000001-000000000000.jpg=0000001-000000010395.png 0000002-000000033333.jpg=0000002-000000043718.png
            20240101_120000_001.jpg 20240101_120001_001.jpg, 20240101_120000_999.png 20240101_120000_003.png, 20240101_120000_001.jpg=20240101_120000_003.png 20240101_120001_001.jpg=20240101_120000_999.png
            2024-02-29T235959.999.jpg, 2024-03-01T000000.004.png, 2024-02-29T235959.999.jpg=2024-03-01T000000.004.png
            # topics of ROS
            camera_color_image_raw/1699000000.100000.png, camera_aligned_depth_to_color_image_raw/1699000000.101000.png, camera_color_image_raw/1699000000.100000.png=camera_aligned_depth_to_color_image_raw/1699000000.101000.png
            # only files of the same camera share a time
            cam0_1532402927.6.png cam1_1532402927.605.png, cam1_1532402927.601.png cam0_1532402927.606.png, cam0_1532402927.6.png=cam0_1532402927.606.png cam1_1532402927.605.png=cam1_1532402927.601.png
            front_1532402927.6.png back_1532402927.6.png, back_1532402927.601.png front_1532402927.602.png, back_1532402927.6.png=back_1532402927.601.png front_1532402927.6.png=front_1532402927.602.png
            cam0_1532402927.6.png cam1_1532402927.605.png, cam1_1532402927.601.png, cam1_1532402927.605.png=cam1_1532402927.601.png
            cam_0_1532402927.6.png cam_1_1532402927.605.png, cam_1_1532402927.601.png cam_0_1532402927.606.png, cam_0_1532402927.6.png=cam_0_1532402927.606.png cam_1_1532402927.605.png=cam_1_1532402927.601.png
            0_1532402927.6.png 1_1532402927.605.png, 1_1532402927.601.png 0_1532402927.606.png, 0_1532402927.6.png=0_1532402927.606.png 1_1532402927.605.png=1_1532402927.601.png
            kinect_1532402927.6.png, tof_1532402927.601.png, kinect_1532402927.6.png=tof_1532402927.601.png
            # the nearest first, one to one
            1305031102.000.png 1305031102.015.png, 1305031102.012.png 1305031102.034.png, 1305031102.015.png=1305031102.012.png
            """, delimiter = ',')
    void timesAreMatched(String pictures, String depths, String pairs) {
        assertThat(text(match(pictures, depths))).isEqualTo(pairs);
        assertThat(match(pictures, depths).pairs()).allMatch(pair -> pair.rule() == PairRule.TIMESTAMPS);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # shifted numbers, permuted words, other counts, scenes that are not the same
            cam_1.png cam_2.png, tof_2.png tof_3.png
            a_kitchen.png b_office.png, x_office.png y_kitchen.png
            a.png b.png c.png, x.png y.png
            s1/a.png s1/b.png, s2/x.png s2/y.png
            kitchen_rgb/1.png, office_depth/1.png
            kitchen_rgb/1.png office_rgb/1.png, kitchen_new_depth/1.png
            # several files of one name
            a.jpg a.png, a.png
            a.jpg, a.png a.npy
            1.jpg 01.jpg, 001.png
            left_1.png right_1.png, depth_1.png
            l_1.png r_1.png, d_1.png
            0001_l.png 0001_r.png, 0001.png
            rgb_-1.png rgb_-2.png, depth_1.png depth_2.png
            # fractions, and numbers that are no times
            rgb_0.5.png, depth_0.05.png
            0000000000001.png, 0000000000002.png
            100000005_000001.png, 100000005_000002.png
            # other sides and cameras
            d435_0001.png, d415_0001_depth.png
            leftImage_1.png, rightDepth_1.png
            LeftCam_1.png, RightCam_1.png
            0001_rightcam.png, 0001_leftcam_depth.png
            l_1.png l_2.png, r_1.png r_2.png
            0001_right.png, 0001_l.png
            # times that are too far apart, and equal ones
            1305031102.000.png 1305031103.000.png, 1305031102.100.png 1305031103.100.png
            a_1305031102.000.png b_1305031102.000.png, 1305031102.001.png
            left.png, right_depth.png
            """, delimiter = ',')
    void namesInDoubtAreRefused(String pictures, String depths) {
        assertThatThrownBy(() -> match(pictures, depths)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pictures.split(" ")[0].replaceFirst(".*/", "")).hasMessageContaining("rename");
    }

    @Test
    void rulesApplyToWhatIsLeft() {
        Matching matching = match("a.jpg B.jpg 1305031102.000.jpg lone.jpg", "a.png b.png 1305031102.010.png odd.png");
        assertThat(matching.pairs()).extracting(Matching.Pair::rule).containsExactly(PairRule.TIMESTAMPS,
                PairRule.SIMILAR_NAMES, PairRule.EQUAL_NAMES);
        assertThat(matching.pairs().getFirst().seconds()).isEqualTo(OptionalDouble.of(0.01));
        assertThat(matching.pictures()).containsOnlyKeys(RGB.resolve("lone.jpg"));
        assertThat(matching.depths()).containsExactly(DEPTH.resolve("odd.png"));
    }

    @Test
    void sortedOrderIsPerFolderAndOnlyWithoutOtherPairsInIt() {
        assertThat(text(match("s1/a.png s1/b.png s2/1.png s2/x.png", "s1/u.png s1/v.png s2/1.png s2/y.png")))
                .isEqualTo("s1/a.png=s1/u.png s1/b.png=s1/v.png s2/1.png=s2/1.png");
    }

    @Test
    void fileIsUsedOnce() {
        Matching matching = match("1.png 01.png 2.png", "1.png 002.png");
        assertThat(text(matching)).isEqualTo("1.png=1.png 2.png=002.png");
        assertThat(matching.pictures()).containsOnlyKeys(RGB.resolve("01.png"));
    }

    @Test
    void reasonNamesTheNearestTime() {
        Matching matching = match("1305031102.000.png 1305031102.033.png", "1305031102.002.png 1305031102.069.png");
        assertThat(matching.pictures().get(RGB.resolve("1305031102.033.png"))).contains("0.020 s")
                .contains("differs by 0.031 s");
    }

    @Test
    void manyFilesAreMatchedQuickly() {
        StringBuilder pictures = new StringBuilder();
        StringBuilder depths = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            pictures.append(String.format(java.util.Locale.ROOT, "1305%06d.%03d.png ", 31102 + i / 30, i % 30 * 33));
            depths.append(String.format(java.util.Locale.ROOT, "1305%06d.%03d.png ", 31102 + i / 30, i % 30 * 33 + 5));
        }
        assertThat(match(pictures.toString(), depths.toString()).pairs()).hasSize(20_000);
    }

    @Nested
    class Lists {
        @TempDir
        Path root;

        private Matching matching(String pictures, String depths) throws IOException {
            List<Path> rgb = files(root.resolve("rgb"), pictures);
            List<Path> depth = files(root.resolve("depth"), depths);
            return PairMatcher.match(root.resolve("rgb"), rgb, root.resolve("depth"), depth,
                    PairTimes.read(root, rgb, depth), 0.02);
        }

        private String text(Matching matching) {
            return String.join(" ", matching.pairs().stream()
                    .map(pair -> pair.rgb().getFileName() + "=" + pair.depth().getFileName()).toList());
        }

        @Test
        void associationsComeFirstInEitherOrder() throws IOException {
            Files.writeString(root.resolve("associations.txt"),
                    "# comment\n1.0 depth/2.png 1.1 rgb/1.png\r\n2.0 rgb/2.png 2.1 depth/3.png\n9 rgb/no.png 9 depth/1.png\n");
            assertThat(text(matching("1.png 2.png 4.png", "2.png 3.png 4.png")))
                    .isEqualTo("1.png=2.png 2.png=3.png 4.png=4.png");
        }

        @ParameterizedTest
        @ValueSource(strings = {"rgb/x1.png depth/v2.png\nrgb/y1.png depth/u2.png\n",
                "rgb,depth\ndepth/v2.png,rgb/x1.png\ndepth/u2.png,rgb/y1.png\n",
                "\uFEFFrgb/x1.png depth/v2.png\nx1.png v2.png\n\"y1.png\" \"u2.png\"\n",
                "\uFEFFrgb/x1.png depth/v2.png\n\"y1.png\" \"u2.png\"\n",
                "1 rgb\\x1.png 1 depth\\v2.png\r\n2 rgb\\y1.png 2 depth\\u2.png\r\n"})
        void namesAloneAndBackslashesAreRead(String lines) throws IOException {
            Files.writeString(root.resolve("associations.txt"), lines);
            assertThat(text(matching("x1.png y1.png", "u2.png v2.png"))).isEqualTo("x1.png=v2.png y1.png=u2.png");
        }

        @Test
        void sortedOrderIsNotUsedBesideAListThatNamesOtherFiles() throws IOException {
            Files.writeString(root.resolve("associations.txt"), "0 1\n1 0\n");
            assertThatThrownBy(() -> matching("x1.png y1.png", "u2.png v2.png"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("associations.txt: expected lines");
            assertThat(text(matching("1.png 2.png", "1.png 2.png"))).isEqualTo("1.png=1.png 2.png=2.png");
        }

        @Test
        void listedTimesContradictEqualNames() throws IOException {
            Files.writeString(root.resolve("rgb.txt"), "1.000 rgb/1.png\n1.033 rgb/2.png\n1.067 rgb/3.png\n");
            Files.writeString(root.resolve("depth.txt"), "1.002 depth/1.png\n1.069 depth/2.png\n1.100 depth/3.png\n");
            assertThat(text(matching("1.png 2.png 3.png", "1.png 2.png 3.png"))).isEqualTo("1.png=1.png 3.png=2.png");
        }
    }
}
