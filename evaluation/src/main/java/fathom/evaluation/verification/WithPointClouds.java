package fathom.evaluation.verification;

import java.io.IOException;
import java.util.Optional;

import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.parity.geometry.PointCloudRecords;

/**
 * A toolkit whose records of point clouds and edges are answered by {@link PointCloudRecords}, and the others by itself.
 *
 * @param pixelwise answers the other records
 */
record WithPointClouds(Toolkit pixelwise) implements Toolkit {
    @Override
    public String id() {
        return pixelwise.id();
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        Optional<ToolkitAnswer> answer = PointCloudRecords.answer(record);
        return answer.isPresent() ? answer.get() : pixelwise.answer(record);
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        return PointCloudRecords.answers(record)
                ? PointCloudRecords.tolerance(record, key)
                : pixelwise.tolerance(record, key);
    }
}
