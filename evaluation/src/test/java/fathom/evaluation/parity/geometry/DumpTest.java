package fathom.evaluation.parity.geometry;
import java.nio.file.Path;
import java.util.*;
import fathom.evaluation.parity.*;
import org.junit.jupiter.api.Test;
class DumpTest {
  @Test void dump() throws Exception {
    for (Toolkit t : List.of(new DepthProToolkit(), new MogeToolkit())) {
      int ok=0,bad=0,nc=0; 
      for (ToolkitRecord r : ToolkitFolder.read(Path.of(System.getProperty("fathom.shared"),"goldens/protocols"))) {
        if (!r.toolkit().equals(t.id())) continue;
        long t0=System.nanoTime();
        ToolkitAnswer a;
        try { a=t.answer(r);} catch(java.nio.file.NoSuchFileException e){System.out.println("missing "+e);continue;}
        long ms=(System.nanoTime()-t0)/1000000;
        if(ms>700) System.out.println("SLOW "+ms+" "+r.caseNames()+" "+r.protocol());
        StringBuilder sb=new StringBuilder();
        if (a instanceof ToolkitAnswer.NotCovered){nc++;continue;}
        if (a instanceof ToolkitAnswer.Raises x){ if(r.raises().isEmpty()) sb.append("raises "+x.instead()); }
        else if (a instanceof ToolkitAnswer.Numbers n) {
          if(r.raises().isPresent()) sb.append("should raise");
          if(n.count().isPresent() && r.count().isPresent() && n.count().getAsLong()!=r.count().getAsLong()) sb.append(" count "+n.count()+" "+r.count());
          r.metrics().forEach((k,v)->{Double m=n.metrics().get(k); if(m==null) sb.append(" MISSING "+k); else if(!t.tolerance(r,k).accepts(m,v)) sb.append("\n   "+k+" "+m+" expected "+v+" rel "+Tolerance.relativeDifference(m,v));});
          r.fit().forEach((k,v)->{Double m=n.fit().get(k); if(m==null) sb.append(" MISSING "+k); else if(!t.tolerance(r,"fit/"+k).accepts(m,v)) sb.append("\n   fit/"+k+" "+m+" expected "+v+" rel "+Tolerance.relativeDifference(m,v));});
        }
        if(sb.length()>0){bad++;System.out.println(r.caseNames()+" | "+r.protocol()+": "+sb);} else ok++;
      }
      System.out.println(t.id()+" ok "+ok+" bad "+bad+" notcovered "+nc);
    }
  }
}
