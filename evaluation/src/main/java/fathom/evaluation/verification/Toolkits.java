package fathom.evaluation.verification;

import java.util.List;
import java.util.Optional;

import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.geometry.DepthProToolkit;
import fathom.evaluation.parity.geometry.EvalMdeToolkit;
import fathom.evaluation.parity.geometry.IbimsToolkit;
import fathom.evaluation.parity.geometry.MogeToolkit;
import fathom.evaluation.parity.toolkits.BtsToolkit;
import fathom.evaluation.parity.toolkits.Dav2Toolkit;
import fathom.evaluation.parity.toolkits.DenseDepthToolkit;
import fathom.evaluation.parity.toolkits.FastDepthToolkit;
import fathom.evaluation.parity.toolkits.KittiToolkit;
import fathom.evaluation.parity.toolkits.MarigoldToolkit;
import fathom.evaluation.parity.toolkits.MdecToolkit;
import fathom.evaluation.parity.toolkits.MidasToolkit;
import fathom.evaluation.parity.toolkits.Monodepth2Toolkit;
import fathom.evaluation.parity.toolkits.PlumblineToolkit;
import fathom.evaluation.parity.toolkits.UltralyticsToolkit;
import fathom.evaluation.parity.toolkits.UniDepthToolkit;
import fathom.evaluation.parity.toolkits.ZoeDepthToolkit;

/** The toolkits that Fathom reproduces. */
public final class Toolkits {
    private static final List<Toolkit> ALL = List.of(new MogeToolkit(), new MarigoldToolkit(), new ZoeDepthToolkit(),
            new Dav2Toolkit(), new WithPointClouds(new UniDepthToolkit()), new Monodepth2Toolkit(),
            BtsToolkit.ofNetwork(), BtsToolkit.ofPictures(), new DenseDepthToolkit(), new FastDepthToolkit(),
            new DepthProToolkit(), new EvalMdeToolkit(), new KittiToolkit(), new IbimsToolkit(),
            new WithPointClouds(new MdecToolkit()), UltralyticsToolkit.pooled(), UltralyticsToolkit.perImage(),
            new WithPointClouds(new PlumblineToolkit()), new MidasToolkit());

    private Toolkits() {}

    /** {@return every toolkit} */
    public static List<Toolkit> all() {
        return ALL;
    }

    /**
     * {@return the toolkit with that id, empty if there is none}
     *
     * @param id the id
     */
    public static Optional<Toolkit> named(String id) {
        return ALL.stream().filter(toolkit -> toolkit.id().equals(id)).findFirst();
    }
}
