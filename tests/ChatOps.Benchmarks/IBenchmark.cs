namespace ChatOps.Benchmarks;

/// <summary>Something that is measured against a reference in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>How it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <param name="notes">Is told what the table cannot show.</param>
    Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes);
}
