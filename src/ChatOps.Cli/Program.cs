using ChatOps.Cli;

return await CommandLine.RunAsync(args, CliStreams.OfProcess());
