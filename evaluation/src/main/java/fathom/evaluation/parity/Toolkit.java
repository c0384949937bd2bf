package fathom.evaluation.parity;

import java.io.IOException;

/** Reproduces the evaluation code of one toolkit. */
public interface Toolkit {
    /** {@return the id in {@code expected.json}, for example {@code "moge"}} */
    String id();

    /**
     * {@return Fathom's numbers for the cases of a record} The numbers of the record are not read.
     *
     * @param record a record of this toolkit
     * @throws IOException if an array of a case cannot be read
     */
    ToolkitAnswer answer(ToolkitRecord record) throws IOException;

    /**
     * {@return the largest difference that is accepted for a number}
     *
     * @param record the record
     * @param key the name of the number; numbers of the alignment start with {@code fit/}
     */
    Tolerance tolerance(ToolkitRecord record, String key);
}
