namespace ChatOps.Fleet;

/// <summary>What a term of a selector compares.</summary>
internal enum SelectorOperator
{
    All,
    In,
    NotIn,
    Drained,
    NotDrained,
}
