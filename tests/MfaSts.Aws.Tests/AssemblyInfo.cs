// The environment belongs to the whole process, and many tests set it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
