package fathom.datasets;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import fathom.datasets.sqlite.Store;

/** An iterator over samples that reports progress and saves at the end. */
final class SavingIterator implements Iterator<Sample> {
    private final List<Sample> samples;
    private final StepListener listener;
    private final Store store;
    private int next;
    private boolean ended;

    SavingIterator(List<Sample> samples, StepListener listener, Store store) {
        this.samples = samples;
        this.listener = listener;
        this.store = store;
        listener.at(0, samples.size());
    }

    @Override
    public boolean hasNext() {
        if (next < samples.size()) {
            return true;
        }
        end();
        return false;
    }

    private void end() {
        if (!ended) {
            ended = true;
            store.save();
            if (!samples.isEmpty()) {
                listener.at(samples.size(), samples.size());
            }
        }
    }

    @Override
    public Sample next() {
        if (next >= samples.size()) {
            throw new NoSuchElementException("all " + samples.size() + " samples were visited");
        }
        if (next > 0) {
            listener.at(next, samples.size());
        }
        return samples.get(next++);
    }
}
