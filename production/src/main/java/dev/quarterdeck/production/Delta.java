package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import java.util.List;

/// What must be deployed and what deleted to come from one state to another.
///
/// @param from full commit id of the old state
/// @param to full commit id of the new state
/// @param present components to deploy, by type and name
/// @param removed components to delete
/// @param undeployable components that no `package.xml` can name, DataPacks among them
/// @param unknown changed files that belong to no known type
public record Delta(
    String from,
    String to,
    List<ComponentId> present,
    List<ComponentId> removed,
    List<ComponentId> undeployable,
    List<String> unknown) {
  public Delta {
    present = List.copyOf(present);
    removed = List.copyOf(removed);
    undeployable = List.copyOf(undeployable);
    unknown = List.copyOf(unknown);
  }
}
