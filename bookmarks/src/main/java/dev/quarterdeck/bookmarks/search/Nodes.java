package dev.quarterdeck.bookmarks.search;

import java.util.ArrayList;
import java.util.List;

/// Builds trees that are as flat as they can be.
final class Nodes {
  private Nodes() {}

  static Node and(List<Node> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Node> flat = new ArrayList<>();
    for (Node part : parts) {
      if (part instanceof Node.And and) {
        flat.addAll(and.parts());
      } else {
        flat.add(part);
      }
    }
    return new Node.And(flat.getFirst().at(), flat);
  }

  static Node or(List<Node> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Node> flat = new ArrayList<>();
    for (Node part : parts) {
      if (part instanceof Node.Or or) {
        flat.addAll(or.parts());
      } else {
        flat.add(part);
      }
    }
    return new Node.Or(flat.getFirst().at(), flat);
  }

  static Node not(int at, Node part) {
    return part instanceof Node.Not inner ? inner.part() : new Node.Not(at, part);
  }

  /// Whether the tree has more levels than this.
  static boolean depthOver(Node node, int levels) {
    return switch (node) {
      case Node.And and -> levels == 0 || anyOver(and.parts(), levels - 1);
      case Node.Or or -> levels == 0 || anyOver(or.parts(), levels - 1);
      case Node.Not not -> levels == 0 || depthOver(not.part(), levels - 1);
      case Node.All all -> false;
      case Node.Text text -> false;
      case Node.Tag tag -> false;
      case Node.Is is -> false;
      case Node.Site site -> false;
      case Node.Added added -> false;
      case Node.Modified modified -> false;
    };
  }

  private static boolean anyOver(List<Node> parts, int levels) {
    for (Node part : parts) {
      if (depthOver(part, levels)) {
        return true;
      }
    }
    return false;
  }

  /// The same leaf as if it stood at the beginning, so that equal leaves are equal.
  static Node withoutPlace(Node leaf) {
    return switch (leaf) {
      case Node.All all -> new Node.All(0);
      case Node.Text text -> new Node.Text(0, text.scope(), text.text());
      case Node.Tag tag -> new Node.Tag(0, tag.name());
      case Node.Is is -> new Node.Is(0, is.property());
      case Node.Site site -> new Node.Site(0, site.host());
      case Node.Added added -> new Node.Added(0, added.from(), added.below());
      case Node.Modified modified -> new Node.Modified(0, modified.from(), modified.below());
      case Node.And and -> and;
      case Node.Or or -> or;
      case Node.Not not -> not;
    };
  }

  /// Whether somebody must know the names of tags to evaluate the tree.
  static boolean needsTags(Node node, boolean wordsNameTags) {
    return switch (node) {
      case Node.Tag tag -> true;
      case Node.Text text -> wordsNameTags && text.scope() == Node.Scope.ANYWHERE;
      case Node.And and -> and.parts().stream().anyMatch(part -> needsTags(part, wordsNameTags));
      case Node.Or or -> or.parts().stream().anyMatch(part -> needsTags(part, wordsNameTags));
      case Node.Not not -> needsTags(not.part(), wordsNameTags);
      case Node.All all -> false;
      case Node.Is is -> false;
      case Node.Site site -> false;
      case Node.Added added -> false;
      case Node.Modified modified -> false;
    };
  }
}
