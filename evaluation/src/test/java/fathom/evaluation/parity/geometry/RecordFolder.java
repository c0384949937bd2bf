package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.formats.NdArray;
import fathom.formats.json.JsonValue;
import fathom.formats.npy.Npy;
import fathom.raster.Intrinsics;

/** Records of small pairs that tests write. */
final class RecordFolder {
    private RecordFolder() {}

    /** A record without numbers of one metric pair, [2, 2], 0.001 to 50 m, that is written to a folder. */
    static ToolkitRecord record(Path folder, String toolkit, String protocol, float[] truth, float[] prediction)
            throws IOException {
        Npy.write(folder.resolve("gt.npy"), NdArray.ofFloats(truth, 2, 2));
        Npy.write(folder.resolve("pred.npy"), NdArray.ofFloats(prediction, 2, 2));
        ToolkitCase pair = new ToolkitCase("pair", CaseKind.METRIC, 0.001, 50, Optional.of(new Intrinsics(1, 1, 0, 0)),
                Set.of(), folder, Map.of("gt", "gt.npy", "pred", "pred.npy"));
        return new ToolkitRecord(List.of(pair), toolkit, protocol, JsonValue.Members.NONE, OptionalLong.empty(),
                Map.of(), Map.of(), Optional.empty());
    }
}
