package fathom.inference.diffusion.schedulers;

import java.util.Arrays;

import fathom.models.marigold.SchedulerConfig;

/**
 * The remaining signal ᾱ(t) at each noise level t of training: the product of 1 − β up to t (Ho et al., NeurIPS 2020,
 * section 2). Immutable.
 */
final class NoiseLevels {
    private final double[] alphasCumulative;
    private final double alphaAtEnd;

    private NoiseLevels(double[] alphasCumulative, double alphaAtEnd) {
        this.alphasCumulative = alphasCumulative;
        this.alphaAtEnd = alphaAtEnd;
    }

    static NoiseLevels of(SchedulerConfig config) {
        double[] betas = betas(config);
        double[] alphas = new double[betas.length];
        double product = 1;
        for (int t = 0; t < betas.length; t++) {
            product *= 1 - betas[t];
            alphas[t] = product;
        }
        if (config.zeroTerminalSnr()) {
            rescaleToZeroTerminalSnr(alphas);
        }
        return new NoiseLevels(alphas, config.alphaOneAtEnd() ? 1 : alphas[0]);
    }

    private static double[] betas(SchedulerConfig config) {
        int count = config.trainingSteps();
        if (!config.trainedBetas().isEmpty()) {
            return config.trainedBetas().stream().mapToDouble(Double::doubleValue).toArray();
        }
        double[] betas = new double[count];
        switch (config.betaSchedule()) {
            case LINEAR -> Arrays.setAll(betas, t -> between(config.betaStart(), config.betaEnd(), t, count));
            case SCALED_LINEAR -> Arrays.setAll(betas, t -> {
                double root = between(Math.sqrt(config.betaStart()), Math.sqrt(config.betaEnd()), t, count);
                return root * root;
            });
            case SQUARED_COSINE -> Arrays.setAll(betas,
                    t -> Math.min(0.999, 1 - squaredCosine((t + 1.0) / count) / squaredCosine((double) t / count)));
        }
        return betas;
    }

    private static double between(double first, double last, int t, int count) {
        return count == 1 ? first : first + (last - first) * t / (count - 1);
    }

    private static double squaredCosine(double time) {
        double cosine = StrictMath.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    /** Shifts and scales √ᾱ so that the last becomes 0 and the first stays (Lin et al., WACV 2024, Algorithm 1). */
    private static void rescaleToZeroTerminalSnr(double[] alphas) {
        double first = Math.sqrt(alphas[0]);
        double last = Math.sqrt(alphas[alphas.length - 1]);
        for (int t = 0; t < alphas.length; t++) {
            double root = (Math.sqrt(alphas[t]) - last) * first / (first - last);
            alphas[t] = root * root;
        }
    }

    /** Returns ᾱ at noise level {@code t}; for a negative {@code t}, the value at which the last step ends. */
    double alphaCumulative(int t) {
        return t < 0 ? alphaAtEnd : alphasCumulative[t];
    }
}
