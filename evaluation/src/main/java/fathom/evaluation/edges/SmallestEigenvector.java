package fathom.evaluation.edges;

/** The eigenvector of the smallest eigenvalue of a symmetric matrix, by cyclic Jacobi rotations. */
final class SmallestEigenvector {
    private static final int SWEEPS = 50;

    private SmallestEigenvector() {}

    /**
     * {@return the eigenvector, of length 1}
     *
     * @param matrix symmetric, [n, n]; it is diagonalised in place
     */
    static double[] of(double[][] matrix) {
        int size = matrix.length;
        double[][] vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rotated = false;
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotated |= rotate(matrix, vectors, p, q);
                }
            }
            if (!rotated) {
                break;
            }
        }
        int smallest = 0;
        for (int i = 1; i < size; i++) {
            if (matrix[i][i] < matrix[smallest][smallest]) {
                smallest = i;
            }
        }
        double[] vector = new double[size];
        for (int i = 0; i < size; i++) {
            vector[i] = vectors[i][smallest];
        }
        return vector;
    }

    /** Rotates in the plane (p, q) such that matrix[p][q] becomes 0; false if it has no effect on the diagonal. */
    private static boolean rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double off = matrix[p][q];
        double smallest = Math.min(Math.abs(matrix[p][p]), Math.abs(matrix[q][q]));
        if (smallest + Math.abs(off) == smallest) {
            return false;
        }
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * off);
        double tangent = Math.copySign(1 / (Math.abs(theta) + Math.hypot(theta, 1)), theta);
        double cosine = 1 / Math.hypot(tangent, 1);
        double sine = tangent * cosine;
        for (double[] row : matrix) {
            turn(row, p, q, cosine, sine);
        }
        for (int k = 0; k < matrix.length; k++) {
            double a = matrix[p][k];
            double b = matrix[q][k];
            matrix[p][k] = cosine * a - sine * b;
            matrix[q][k] = sine * a + cosine * b;
        }
        for (double[] row : vectors) {
            turn(row, p, q, cosine, sine);
        }
        return true;
    }

    private static void turn(double[] row, int p, int q, double cosine, double sine) {
        double a = row[p];
        double b = row[q];
        row[p] = cosine * a - sine * b;
        row[q] = sine * a + cosine * b;
    }
}
