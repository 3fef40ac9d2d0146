namespace ChatOps.Benchmarks;

/// <summary>Something that is measured against a reference in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>How it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures and writes a table.</summary>
    Task RunAsync(TextWriter output);
}
